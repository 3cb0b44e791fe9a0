package org.mxrelay.smtp.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Turn;

/** The rows of the stage and fault matrix: what a server may do in place of a reply. */
enum Fault {
  DROP("ends the connection in good order", Fault::leave, nothing()),
  CUT("ends it without close_notify", Behaviour.drop(), nothing()),
  RESET("resets the connection", Behaviour.reset(), nothing()),
  ALERT("sends a fatal TLS alert", Turn::alert, nothing()),
  SILENCE("says nothing", nothing(), Behaviour.stall()),
  DRIP(
      "a byte every 50 ms",
      Behaviour.raw("2"),
      Behaviour.drip(Duration.ofMillis(50), "50 " + "x".repeat(40))),
  HALF("half a reply", Behaviour.raw("250 o"), Behaviour.stall()),
  BARECR("CR in place of CRLF", Behaviour.raw("250 ok\r"), Behaviour.stall()),
  BARELF("LF in place of CRLF", Fault::withBareLf, nothing()),
  NUL("NUL in the reply", Behaviour.raw("250 o\0k\r\n"), Behaviour.stall()),
  GARBAGE("words without a code", Behaviour.raw("hello there\r\n"), Behaviour.stall()),
  RANDOM("4 KiB of random octets", Fault::randomOctets, Behaviour.silence()),
  LONGLINE("a line without end", Behaviour.raw("250 " + "x".repeat(4_000)), Behaviour.endless("x")),
  ENDLESS(
      "lines without end",
      Behaviour.raw("250-more\r\n".repeat(200)),
      Behaviour.endless("250-more\r\n")),
  CODECHANGE("250- and then 550", Behaviour.raw("250-a\r\n550 b\r\n"), Behaviour.stall()),
  CODE000("code 000", Behaviour.raw("000 ok\r\n"), Behaviour.stall()),
  CODE199("code 199", Behaviour.raw("199 ok\r\n"), Behaviour.stall()),
  CODE600("code 600", Behaviour.raw("600 ok\r\n"), Behaviour.stall()),
  CODE2500("code 2500", Behaviour.raw("2500 ok\r\n"), Behaviour.stall()),
  REPLY259("a 2yz of its own", Behaviour.reply("259 ok"), nothing()),
  REPLY334("a 3yz of its own", Behaviour.reply("334 go on"), nothing()),
  REPLY421("421, and closes", Behaviour.reply("421 4.3.2 closing"), Behaviour.drop()),
  REPLY451("451", Behaviour.reply("451 4.3.0 not now"), nothing()),
  REPLY554("554", Behaviour.reply("554 5.7.1 no"), nothing()),
  TWICE("a reply too many", Fault::twice, nothing());

  private final String words;
  private final Behaviour atOnce;
  private final Behaviour after;

  Fault(String words, Behaviour atOnce, Behaviour after) {
    this.words = words;
    this.atOnce = atOnce;
    this.after = after;
  }

  /** What the server does, in a few words. */
  String words() {
    return words;
  }

  Behaviour behaviour() {
    return atOnce.then(after);
  }

  /** The same, and then nothing more; counts down when the client can notice it. */
  Behaviour inTheBody(CountDownLatch noticeable) {
    Behaviour tell = turn -> noticeable.countDown();
    return atOnce.then(tell).then(after).then(Behaviour.stall());
  }

  /** Whether it takes a deadline to end it. */
  boolean isSlow() {
    return this == SILENCE || this == DRIP || this == HALF || this == BARECR;
  }

  /** The code of its reply, if it is one; or else 0. */
  int code() {
    return name().startsWith("REPLY") ? Integer.parseInt(name().substring(5)) : 0;
  }

  private static Behaviour nothing() {
    return turn -> {};
  }

  private static void leave(Turn turn) throws IOException {
    if (turn.session().tls()) {
      turn.leaveTls("");
    }
    turn.hangUp();
  }

  private static void randomOctets(Turn turn) throws IOException {
    byte[] octets = new byte[4096];
    new Random(7).nextBytes(octets);
    turn.raw(octets);
    turn.raw(new byte[] {'\r', '\n'});
  }

  private static void withBareLf(Turn turn) throws IOException {
    asIfSaid(turn, " ok\n");
  }

  private static void twice(Turn turn) throws IOException {
    asIfSaid(turn, " ok\r\n250 and more\r\n");
  }

  private static void asIfSaid(Turn turn, String behindTheCode) throws IOException {
    int code = code(turn.step());
    turn.count(code);
    if (turn.step() == Step.END_OF_DATA) {
      turn.take();
    }
    turn.raw((code + behindTheCode).getBytes(StandardCharsets.US_ASCII));
  }

  private static int code(Step step) {
    return switch (step) {
      case GREETING, STARTTLS -> 220;
      case DATA -> 354;
      default -> 250;
    };
  }
}
