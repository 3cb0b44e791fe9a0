package org.mxrelay.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes.
 *
 * @param in what it is given
 * @param out its output and nothing else
 * @param err what goes wrong, in words
 */
record Streams(InputStream in, PrintStream out, PrintStream err) {

  /** The process's own, in UTF-8 whatever the locale: JSON is UTF-8. */
  static Streams ofProcess() {
    return new Streams(System.in, utf8(FileDescriptor.out), utf8(FileDescriptor.err));
  }

  private static PrintStream utf8(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }
}
