package org.mxrelay.examples.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;
import org.mxrelay.examples.relay.Verb.Conduct;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.MailCommand;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.HeaderForm;
import org.mxrelay.smtp.message.MessageFacts.Content;
import org.mxrelay.smtp.message.Recipient;

/**
 * A message and its envelope: MAIL, RCPT, DATA, RSET. Says itself what is against the grammar or
 * beyond the limits; all else is the backup's word.
 *
 * <p>Safe for use by several threads.
 */
final class Transaction {

  private static final Set<String> OF_MAIL = Set.of("SIZE", "BODY", "SMTPUTF8");

  private final GatewayOptions.Limits limits;

  Transaction(GatewayOptions.Limits limits) {
    this.limits = limits;
  }

  Map<String, Conduct> verbs() {
    return Map.of("MAIL", this::mail, "RCPT", this::rcpt, "DATA", this::data, "RSET", this::rset);
  }

  private Reply mail(Visitor visitor, String arguments) throws InterruptedException {
    if (!visitor.hasGreeted()) {
      return Said.GREET_FIRST;
    }
    if (visitor.inTransaction()) {
      return Said.SECOND_MAIL;
    }
    Optional<PathCommand> command = PathCommand.read("FROM", arguments);
    if (command.isEmpty()) {
      return Said.SYNTAX;
    }
    if (!OF_MAIL.containsAll(command.get().parameters().keySet())) {
      return Said.NO_PARAMETER;
    }
    return mail(visitor, command.get());
  }

  private Reply mail(Visitor visitor, PathCommand command) throws InterruptedException {
    Map<String, String> parameters = command.parameters();
    boolean utf8 = parameters.containsKey("SMTPUTF8");
    try {
      OptionalLong size = size(parameters.get("SIZE"));
      if (size.isPresent() && size.getAsLong() > limits.size()) {
        return Said.TOO_LARGE;
      }
      ReversePath from = ReversePath.parse(command.path());
      if (!utf8 && isInternational(from.toString())) {
        return Said.NEEDS_UTF8;
      }
      EnvelopeOptions asked =
          utf8 ? EnvelopeOptions.NONE.withUtf8(HeaderForm.UTF8) : EnvelopeOptions.NONE;
      Reply reply =
          visitor.inbound().mail(new MailCommand(from, asked, size, body(parameters.get("BODY"))));
      if (reply.isPositive()) {
        visitor.begins();
      }
      return reply;
    } catch (InvalidAddressException e) {
      return Said.NO_SENDER;
    } catch (IllegalArgumentException e) {
      return Said.SYNTAX;
    }
  }

  private static OptionalLong size(@org.jspecify.annotations.Nullable String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    // RFC 1870, 4: up to twenty digits, of which a long has nineteen.
    if (!text.matches("[0-9]{1,20}")) {
      throw new IllegalArgumentException("SIZE=" + text);
    }
    return OptionalLong.of(text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text));
  }

  private static Content body(@org.jspecify.annotations.Nullable String word) {
    if (word == null || word.equalsIgnoreCase("7BIT")) {
      return Content.SEVEN_BIT;
    }
    if (word.equalsIgnoreCase("8BITMIME")) {
      return Content.EIGHT_BIT;
    }
    throw new IllegalArgumentException("BODY=" + word);
  }

  private Reply rcpt(Visitor visitor, String arguments) throws InterruptedException {
    if (!visitor.inTransaction()) {
      return Said.NO_MAIL;
    }
    if (visitor.recipients() >= limits.recipients()) {
      return Said.TOO_MANY;
    }
    Optional<PathCommand> command = PathCommand.read("TO", arguments);
    if (command.isEmpty()) {
      return Said.SYNTAX;
    }
    if (!command.get().parameters().isEmpty()) {
      return Said.NO_PARAMETER;
    }
    try {
      Reply reply = visitor.inbound().rcpt(Recipient.of(Mailbox.parse(command.get().path())));
      if (reply.isPositive()) {
        visitor.addRecipient();
      }
      return reply;
    } catch (InvalidAddressException e) {
      return Said.NO_ADDRESS;
    }
  }

  private Reply data(Visitor visitor, String arguments) throws IOException, InterruptedException {
    if (!visitor.inTransaction()) {
      return Said.NO_MAIL;
    }
    if (!arguments.isEmpty()) {
      return Said.SYNTAX;
    }
    if (visitor.recipients() == 0) {
      return Said.NO_RECIPIENT;
    }
    visitor.session().sendResponse(ReplyLines.text(Said.GO_AHEAD));
    try (Spool spool = new Spool()) {
      visitor.owes(limits.message());
      DotReader message = new DotReader(visitor.session().getRawInput());
      Spool.End end = spool.fill(message, limits.size());
      visitor.owesNothing();
      return answer(visitor, spool, end);
    } finally {
      // RFC 5321, 4.1.1.4: the reply to the final dot ends the transaction, whatever it is.
      visitor.ends();
    }
  }

  private static Reply answer(Visitor visitor, Spool spool, Spool.End end)
      throws InterruptedException {
    if (end == Spool.End.WHOLE) {
      return visitor.inbound().data(spool.source());
    }
    visitor.resets();
    return end == Spool.End.TOO_LARGE ? Said.TOO_LARGE : Said.NO_ROOM;
  }

  private Reply rset(Visitor visitor, String arguments) {
    visitor.resets();
    return Said.OK;
  }

  private static boolean isInternational(String path) {
    return !StandardCharsets.US_ASCII.newEncoder().canEncode(path);
  }
}
