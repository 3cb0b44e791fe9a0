package org.mxrelay.dns;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.xbill.DNS.InvalidTTLException;
import org.xbill.DNS.WireParseException;

/** What came of asking one server once. */
sealed interface Reading {

  /** The server really answered. */
  record Answer(Lookup lookup) implements Reading {}

  /**
   * The server did not answer, or nothing that helps.
   *
   * @param words what it did, in few words
   * @param kind what may be expected of asking again
   */
  record Trouble(String words, Kind kind) implements Reading {}

  enum Kind {
    /** It said nothing in time. */
    SILENT,
    /** It may do better when asked again. */
    PASSING,
    /** It will say the same again. */
    LASTING
  }

  static Trouble silent(Duration after) {
    return new Trouble("no answer within " + inWords(after), Kind.SILENT);
  }

  static String inWords(Duration time) {
    long millis = time.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  static Trouble of(Throwable failure, Duration perTry) {
    Throwable cause = failure instanceof CompletionException e ? causeOf(e) : failure;
    if (cause instanceof SocketTimeoutException) {
      return silent(perTry);
    } else if (cause instanceof WireParseException || cause instanceof InvalidTTLException) {
      return new Trouble("broken or forged answer", Kind.PASSING);
    } else if (cause instanceof IOException) {
      return new Trouble("cannot be reached" + detail(cause), Kind.PASSING);
    }
    return new Trouble("unusable answer: " + cause, Kind.PASSING);
  }

  /** A closed port is reported without a word. */
  private static String detail(Throwable cause) {
    return cause.getMessage() == null ? "" : ": " + cause.getMessage();
  }

  private static Throwable causeOf(CompletionException wrapper) {
    Throwable cause = wrapper.getCause();
    return cause == null ? wrapper : cause;
  }
}
