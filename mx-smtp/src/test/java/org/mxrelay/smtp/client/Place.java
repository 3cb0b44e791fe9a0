package org.mxrelay.smtp.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;

/** The columns of the stage and fault matrix: where in a session the server goes wrong. */
enum Place {
  CONNECT("the connection itself", Step.GREETING, Stage.CONNECT, 0),
  GREET("the greeting", Step.GREETING, Stage.GREETING, 0),
  EHLO("EHLO", Step.EHLO, Stage.EHLO, 0),
  HELO("HELO, after EHLO was refused", Step.HELO, Stage.EHLO, 0),
  STARTTLS("STARTTLS", Step.STARTTLS, Stage.STARTTLS, 0),
  SHAKE("the TLS handshake", Step.HANDSHAKE, Stage.TLS, 0),
  EHLO2("EHLO under TLS", Step.EHLO, Stage.EHLO, 1),
  MAIL("MAIL", Step.MAIL, Stage.MAIL, 0),
  RCPT("the only RCPT", Step.RCPT, Stage.RCPT, 0),
  RCPT2("the second RCPT of three", Step.RCPT, Stage.RCPT, 1),
  DATA("DATA", Step.DATA, Stage.DATA, 0),
  BODY0("the message, at its first octet", Step.BODY, Stage.BODY, 0),
  BODY50("the message, in its middle", Step.BODY, Stage.BODY, 16),
  BODY99("the message, before its last block", Step.BODY, Stage.BODY, 31),
  DOT("the final dot", Step.END_OF_DATA, Stage.END_OF_DATA, 0),
  CHUNK("the last chunk (BDAT)", Step.END_OF_DATA, Stage.END_OF_DATA, 0),
  CMAIL("MAIL, sent together with a last chunk", Step.MAIL, Stage.MAIL, 0),
  REUSE("MAIL on a connection used before", Step.MAIL, Stage.MAIL, 1),
  RSET("RSET on a connection used before", Step.RSET, Stage.MAIL, 0),
  QUIT("QUIT", Step.QUIT, Stage.END_OF_DATA, 0);

  private static final Duration BRIEF = Duration.ofMillis(100);

  /** Where another reply of the same stage comes before the fault, and has to come in time. */
  private static final Duration LESS_BRIEF = Duration.ofSeconds(1);

  private final String words;
  private final Step step;
  private final Stage stage;
  private final int before;

  /**
   * @param before how often the server does right before; in the message, after how many blocks
   */
  Place(String words, Step step, Stage stage, int before) {
    this.words = words;
    this.step = step;
    this.stage = stage;
    this.before = before;
  }

  /** To what the server's reply is due, in a few words. */
  String words() {
    return words;
  }

  Stage stage() {
    return stage;
  }

  boolean needsTls() {
    return this == STARTTLS || this == SHAKE || this == EHLO2;
  }

  boolean isChunked() {
    return this == CHUNK || this == CMAIL;
  }

  boolean isInTheBody() {
    return step == Step.BODY;
  }

  /** Whether a first message goes over the connection before. */
  boolean isSecondMessage() {
    return this == REUSE || this == RSET;
  }

  /** After how many octets of the message the server goes wrong. */
  long octetsBefore() {
    return (long) before * BodyBlocks.ONE_BLOCK;
  }

  void script(ScriptedSmtpServer server, Fault fault, CountDownLatch noticeable) {
    if (isChunked()) {
      server.offer("CHUNKING");
    }
    switch (this) {
      case HELO -> server.on(Step.EHLO, Behaviour.reply("502 5.5.1 What?"));
      case RSET -> server.on(Step.RCPT, Behaviour.reply("550 5.1.1 who?"), Behaviour.normal());
      default -> {}
    }
    if (isInTheBody()) {
      server.onBody(octetsBefore(), fault.inTheBody(noticeable));
    } else {
      server.on(step, inTurn(fault));
    }
  }

  private Behaviour[] inTurn(Fault fault) {
    List<Behaviour> all = new ArrayList<>(Collections.nCopies(before, Behaviour.normal()));
    if (this == RCPT2) {
      all.set(0, Behaviour.reply("550 5.1.1 who?"));
    }
    // What lies there already when the client begins its handshake is another fault: V1.
    Behaviour first = turn -> turn.awaitInput();
    all.add(this == SHAKE ? first.then(fault.behaviour()) : fault.behaviour());
    all.add(Behaviour.normal());
    return all.toArray(Behaviour[]::new);
  }

  /**
   * Brief at the place of a fault that only a deadline ends; long enough for any machine elsewhere.
   */
  SmtpTimeouts timeouts(Fault fault) {
    SmtpTimeouts all = SmtpTimeouts.RFC5321;
    return new SmtpTimeouts(
        at(Stage.CONNECT, fault, all),
        at(Stage.GREETING, fault, all),
        at(Stage.EHLO, fault, all),
        at(Stage.STARTTLS, fault, all),
        at(Stage.TLS, fault, all),
        at(Stage.MAIL, fault, all),
        at(Stage.RCPT, fault, all),
        at(Stage.DATA, fault, all),
        at(Stage.BODY, fault, all),
        at(Stage.END_OF_DATA, fault, all));
  }

  private Duration at(Stage one, Fault fault, SmtpTimeouts all) {
    boolean here = one == stage || (isInTheBody() && one == Stage.END_OF_DATA);
    if (!here || !fault.isSlow() || this == QUIT) {
      return all.at(one);
    }
    return before == 0 && this != HELO && this != RSET ? BRIEF : LESS_BRIEF;
  }
}
