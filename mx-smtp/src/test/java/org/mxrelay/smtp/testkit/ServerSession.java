package org.mxrelay.smtp.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.testkit.TestCertificate;

/** The protocol of one session (RFC 5321, 4.1): what a correct server does, unless scripted. */
final class ServerSession {

  private final ScriptedSmtpServer server;
  private final ServerWire wire;
  private final RecordedSession record;
  private String helo = "";
  private String mail = "";
  private final List<ReceivedMessage.Recipient> recipients = new ArrayList<>();
  private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();
  private Optional<ReceivedMessage> complete = Optional.empty();
  private boolean open = true;

  ServerSession(ScriptedSmtpServer server, ServerWire wire, RecordedSession record) {
    this.server = server;
    this.wire = wire;
    this.record = record;
  }

  void run() throws IOException, InterruptedException {
    play(Step.GREETING, "");
    while (open) {
      String line = wire.readLine();
      if (line == null) {
        return;
      }
      String command = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      record.command(command);
      if (command.length() == line.length() || command.indexOf('\r') >= 0) {
        new Turn(this, Step.OTHER, command).reply("500 5.5.2 A line ends with CRLF");
      } else {
        obey(step(command), command);
      }
    }
  }

  private Step step(String command) {
    Step step = Step.of(command);
    if (!server.isLmtp()) {
      return step;
    }
    boolean lhlo = command.regionMatches(true, 0, "LHLO ", 0, 5);
    boolean other = step == Step.EHLO || step == Step.HELO;
    return lhlo ? Step.EHLO : other ? Step.OTHER : step;
  }

  private void obey(Step step, String command) throws IOException, InterruptedException {
    switch (step) {
      case BDAT -> chunk(command);
      case DATA -> {
        if (play(step, command).said(3)) {
          byte[] body = new BodyReader(wire).read(server.bodyHookAt(), this::bodyHook);
          end(command, body);
        }
      }
      case STARTTLS -> {
        if (play(step, command).said(2)) {
          play(Step.HANDSHAKE, "");
          forget();
        }
      }
      default -> note(step, command, play(step, command));
    }
  }

  private void note(Step step, String command, Turn turn) {
    switch (step) {
      case EHLO, HELO -> {
        helo = command.length() > 5 ? command.substring(5) : "";
        forget();
      }
      case MAIL -> mail = turn.said(2) ? command : mail;
      case RCPT -> {
        if (turn.said(2)) {
          recipients.add(
              new ReceivedMessage.Recipient(Path.address(command), Path.parameters(command)));
        }
      }
      case RSET -> forget();
      case QUIT -> open = false;
      default -> {}
    }
  }

  private void chunk(String command) throws IOException, InterruptedException {
    String[] words = command.split(" ");
    chunks.writeBytes(wire.readExactly(Integer.parseInt(words[1])));
    if (words.length > 2) {
      end(command, chunks.toByteArray());
    } else {
      play(Step.BDAT, command);
    }
  }

  private void end(String command, byte[] body) throws IOException, InterruptedException {
    if (server.isLmtp() && !recipients.isEmpty()) {
      for (ReceivedMessage.Recipient one : List.copyOf(recipients)) {
        complete = Optional.of(message(List.of(one), body));
        play(Step.END_OF_DATA, "<" + one.address() + ">");
      }
    } else {
      complete = Optional.of(message(List.copyOf(recipients), body));
      play(Step.END_OF_DATA, command);
    }
    forget();
  }

  private ReceivedMessage message(List<ReceivedMessage.Recipient> to, byte[] body) {
    return new ReceivedMessage(
        record.number(), helo, Path.address(mail), Path.parameters(mail), to, body, record.tls());
  }

  ReceivedMessage message() {
    return complete.orElseThrow(() -> new IllegalStateException("no message is complete"));
  }

  /** Takes the message before its reply goes out, so that whoever has the reply finds it. */
  void take() {
    complete.filter(m -> !m.recipients().isEmpty()).ifPresent(server::took);
    complete = Optional.empty();
  }

  private void bodyHook() throws IOException, InterruptedException {
    play(Step.BODY, "");
  }

  private Turn play(Step step, String command) throws IOException, InterruptedException {
    Turn turn = new Turn(this, step, command);
    server.behaviour(step).play(turn);
    return turn;
  }

  private void forget() {
    mail = "";
    complete = Optional.empty();
    recipients.clear();
    chunks.reset();
  }

  void normal(Turn turn) throws IOException {
    switch (turn.step()) {
      case GREETING -> turn.reply("220 " + server.name() + " ESMTP");
      case EHLO -> turn.reply(ehlo());
      case HELO -> turn.reply("250 " + server.name());
      case STARTTLS ->
          turn.reply(
              server.offers("STARTTLS") && !record.tls()
                  ? "220 2.0.0 Ready to start TLS"
                  : "502 5.5.1 Not offered");
      case HANDSHAKE -> turn.handshake();
      case MAIL -> turn.reply(mailReply(turn.command()));
      case RCPT ->
          turn.reply(mail.isEmpty() ? "503 5.5.1 MAIL comes first" : "250 2.1.5 Recipient ok");
      case DATA ->
          turn.reply(
              recipients.isEmpty() ? "554 5.5.1 No valid recipients" : "354 End with a lone dot");
      case BODY -> {}
      case BDAT, END_OF_DATA ->
          turn.reply(recipients.isEmpty() ? "503 5.5.1 No valid recipients" : "250 2.0.0 Taken");
      case RSET, NOOP -> turn.reply("250 2.0.0 Ok");
      case QUIT -> turn.reply("221 2.0.0 Bye");
      case OTHER -> turn.reply("500 5.5.2 Not known here");
    }
  }

  private String mailReply(String command) {
    if (!mail.isEmpty()) {
      return "503 5.5.1 A transaction is under way";
    }
    return helo.isEmpty() ? "503 5.5.1 EHLO comes first" : "250 2.1.0 Sender ok";
  }

  private String[] ehlo() {
    List<String> lines = new ArrayList<>();
    lines.add(server.name());
    server.keywords().stream()
        .filter(k -> !(k.equals("STARTTLS") && record.tls()))
        .forEach(lines::add);
    for (int i = 0; i < lines.size(); i++) {
      lines.set(i, (i == lines.size() - 1 ? "250 " : "250-") + lines.get(i));
    }
    return lines.toArray(String[]::new);
  }

  String reversePath() {
    return Path.address(mail);
  }

  RecordedSession record() {
    return record;
  }

  ServerWire wire() {
    return wire;
  }

  TestCertificate certificate() {
    return server.certificate();
  }

  void pause(Duration howLong) throws IOException, InterruptedException {
    if (server.awaitStop(howLong)) {
      throw new IOException("the server stops");
    }
  }
}
