package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the command line in this process. */
final class Shell {

  /** What a command said, and how it ended. */
  record Ran(int exit, String out, String err) {

    List<String> lines() {
      return out.lines().toList();
    }

    /** Stdout, each line of which must be a JSON object. */
    List<JsonObject> json() {
      return out.lines().map(line -> Output.GSON.fromJson(line, JsonObject.class)).toList();
    }

    List<JsonObject> events(String name) {
      return json().stream().filter(e -> e.get("event").getAsString().equals(name)).toList();
    }

    @Override
    public String toString() {
      return "exit " + exit + "\nstdout:\n" + out + "\nstderr:\n" + err;
    }
  }

  private Shell() {}

  static Ran run(String... args) {
    return runWith("", args);
  }

  /** With that on stdin. */
  static Ran runWith(String stdin, String... args) {
    InputStream in = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = Mx.run(new Streams(in, utf8(out), utf8(err)), args);
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream utf8(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
