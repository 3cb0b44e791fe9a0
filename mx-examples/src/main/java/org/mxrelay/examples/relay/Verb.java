package org.mxrelay.examples.relay;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mxrelay.reply.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.internal.server.Command;
import org.subethamail.smtp.internal.server.HelpMessage;
import org.subethamail.smtp.server.Session;

/** A command of the server: has it conducted, and sends the reply that this gives. */
final class Verb implements Command {

  private static final Logger log = LoggerFactory.getLogger(Verb.class);

  /** As many as Postfix allows. */
  private static final int MOST_ERRORS = 20;

  /** What is done. */
  @FunctionalInterface
  interface Conduct {

    /**
     * Does it.
     *
     * @param arguments what follows the verb, without blanks around it
     * @return the reply; null if it was sent already
     */
    @Nullable Reply of(Visitor visitor, String arguments) throws IOException, InterruptedException;
  }

  private final String name;
  private final Visitors visitors;
  private final Conduct conduct;

  private Verb(String name, Visitors visitors, Conduct conduct) {
    this.name = name;
    this.visitors = visitors;
    this.conduct = conduct;
  }

  /** Puts these in place of those that the server has. */
  static void replace(
      Map<String, Conduct> all, Visitors visitors, java.util.function.Consumer<Command> server) {
    all.forEach((name, conduct) -> server.accept(new Verb(name, visitors, conduct)));
  }

  @Override
  public void execute(String line, Session session) throws IOException {
    Visitor visitor = visitors.of(session);
    if (visitor == null || !visitor.isServed()) {
      return;
    }
    Reply reply = reply(visitor, line.substring(Math.min(name.length(), line.length())).strip());
    if (reply != null) {
      session.sendResponse(ReplyLines.text(reply));
      if (reply.code() / 100 >= 4 && visitor.countError() >= MOST_ERRORS) {
        session.sendResponse(ReplyLines.text(Said.ENOUGH_ERRORS));
        session.quit();
      } else if (reply.code() == 421 || reply.code() == 221) {
        session.quit();
      }
    }
    visitors.servedOne(visitor);
  }

  private @Nullable Reply reply(Visitor visitor, String arguments) throws IOException {
    try {
      return conduct.of(visitor, arguments);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Said.STOPPING;
    } catch (RuntimeException e) {
      log.error("{}: a client is asked to come back", name, e);
      visitor.resets();
      return Said.TROUBLE;
    }
  }

  @Override
  public HelpMessage getHelp() {
    return new HelpMessage(name, "See RFC 5321.");
  }

  @Override
  public String getName() {
    return name;
  }
}
