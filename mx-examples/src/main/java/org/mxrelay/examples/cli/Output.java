package org.mxrelay.examples.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Writes a command's records, each a line of JSON or a piece of text, never two at once.
 *
 * <p>Safe for use by several threads.
 */
final class Output {

  /** How a record is written. */
  enum Form {
    JSON,
    TEXT
  }

  /** Strict both ways; absent values are written as null. */
  static final Gson GSON =
      new GsonBuilder()
          .serializeNulls()
          .disableHtmlEscaping()
          .setStrictness(Strictness.STRICT)
          .create();

  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final PrintStream out;
  private final Form form;

  Output(PrintStream out, Form form) {
    this.out = out;
    this.form = form;
  }

  /** Writes a record as it is, or as the text that people read. */
  void print(JsonObject line, Function<? super JsonObject, String> text) {
    String written = form == Form.JSON ? GSON.toJson(line) : text.apply(line);
    oneAtATime.lock();
    try {
      // One write a line, so that a reader at the other end of a pipe never sees half of it.
      out.print(written + "\n");
      out.flush();
    } finally {
      oneAtATime.unlock();
    }
  }

  boolean isJson() {
    return form == Form.JSON;
  }
}
