package org.mxrelay.smtp.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What the server does at a {@link Step}: a script of one step. A lambda over the {@link Turn} does
 * whatever is not here.
 *
 * <p>Safe for use by several sessions.
 */
@FunctionalInterface
public interface Behaviour {

  /** Plays the step. */
  void play(Turn turn) throws IOException, InterruptedException;

  /** As a correct server does. */
  static Behaviour normal() {
    return Turn::normal;
  }

  /** Replies; several lines are sent as they are, so the hyphens are the script's affair. */
  static Behaviour reply(String... lines) {
    return turn -> turn.reply(lines);
  }

  /** Replies as the function says of the address in MAIL or RCPT; an empty text means normally. */
  static Behaviour replyTo(Function<String, String> ofAddress) {
    return turn -> {
      String reply = ofAddress.apply(turn.address());
      if (reply.isEmpty()) {
        turn.normal();
      } else {
        turn.reply(reply);
      }
    };
  }

  /** Refuses a reverse-path and recipient that were not seen before, and takes them after that. */
  static Behaviour greylist() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    return turn -> {
      if (seen.add(turn.reversePath() + " " + turn.address())) {
        turn.reply("450 4.7.1 Greylisted, please try again later");
      } else {
        turn.normal();
      }
    };
  }

  /** Sends these bytes (ISO-8859-1) without adding a line end. */
  static Behaviour raw(String bytes) {
    return turn -> turn.raw(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Says nothing, and reads on until the connection ends. */
  static Behaviour silence() {
    return Turn::readToEnd;
  }

  /** Says nothing and reads nothing, until the server stops. */
  static Behaviour stall() {
    return turn -> turn.pause(Duration.ofDays(1));
  }

  /** Sends the reply a byte at a time. */
  static Behaviour drip(Duration between, String reply) {
    return turn -> {
      for (byte b : (reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1)) {
        turn.raw(new byte[] {b});
        turn.pause(between);
      }
    };
  }

  /** Sends the same bytes (ISO-8859-1) again and again, until the connection breaks. */
  static Behaviour endless(String again) {
    byte[] block = again.repeat(1 + 4096 / again.length()).getBytes(StandardCharsets.ISO_8859_1);
    return turn -> {
      while (true) {
        turn.raw(block);
      }
    };
  }

  /** Closes the connection. */
  static Behaviour drop() {
    return Turn::hangUp;
  }

  /** Resets the connection. */
  static Behaviour reset() {
    return Turn::reset;
  }

  /** Takes the message, and closes the connection without a word. Only at the end of data. */
  static Behaviour takeAndDrop() {
    return turn -> {
      turn.take();
      turn.hangUp();
    };
  }

  /** The same, later. */
  default Behaviour after(Duration delay) {
    return turn -> {
      turn.pause(delay);
      play(turn);
    };
  }

  /** This one, then the other. */
  default Behaviour then(Behaviour other) {
    return turn -> {
      play(turn);
      other.play(turn);
    };
  }
}
