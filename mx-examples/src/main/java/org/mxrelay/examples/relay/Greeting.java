package org.mxrelay.examples.relay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.relay.Verb.Conduct;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.ClientFacts.Protocol;
import org.subethamail.smtp.internal.command.StartTLSCommand;

/**
 * Who the client is, and under what protection it speaks: HELO, EHLO, STARTTLS.
 *
 * <p>Safe for use by several threads.
 */
final class Greeting {

  /** What a host name or an address literal may have; people say all sorts of things. */
  private static final Pattern NAME = Pattern.compile("[!-~]{1,255}");

  private final GatewayOptions options;
  private final StartTLSCommand handshake = new StartTLSCommand();

  Greeting(GatewayOptions options) {
    this.options = options;
  }

  Map<String, Conduct> verbs() {
    return Map.of("HELO", this::helo, "EHLO", this::ehlo, "STARTTLS", this::startTls);
  }

  private Reply helo(Visitor visitor, String name) {
    if (!NAME.matcher(name).matches()) {
      return Said.SYNTAX;
    }
    visitor.greets(name, Protocol.SMTP);
    return Reply.of(250, options.name());
  }

  private Reply ehlo(Visitor visitor, String name) {
    if (!NAME.matcher(name).matches()) {
      return Said.SYNTAX;
    }
    boolean secure = visitor.session().isTLSStarted();
    visitor.greets(name, secure ? Protocol.ESMTPS : Protocol.ESMTP);
    List<String> lines = new ArrayList<>();
    lines.add(options.name());
    lines.add("PIPELINING");
    lines.add("SIZE " + options.limits().size());
    lines.add("8BITMIME");
    lines.add("SMTPUTF8");
    lines.add("ENHANCEDSTATUSCODES");
    lines.add("ETRN");
    if (options.tls().isPresent() && !secure) {
      lines.add("STARTTLS");
    }
    return Reply.of(250, lines.toArray(String[]::new));
  }

  /** RFC 3207, 4: the server replies, and the handshake follows at once. */
  private @Nullable Reply startTls(Visitor visitor, String arguments) throws IOException {
    if (!arguments.isEmpty()) {
      return Said.SYNTAX;
    }
    if (options.tls().isEmpty()) {
      return Said.NOT_IMPLEMENTED;
    }
    if (visitor.session().isTLSStarted()) {
      return Said.TLS_ALREADY;
    }
    visitor.leaves();
    visitor.owes(options.limits().command());
    handshake.execute("STARTTLS", visitor.session());
    if (!visitor.session().isTLSStarted()) {
      // What was left of a handshake that failed must not be read as commands.
      visitor.session().quit();
    }
    visitor.secured();
    return null;
  }
}
