package org.mxrelay.examples.cli;

import java.io.PrintStream;
import picocli.CommandLine.Option;

/** How results are written. */
final class OutputOptions {

  @Option(
      names = "--json",
      description = "One JSON object a line on stdout, and nothing else there.")
  private boolean json;

  Output to(PrintStream out) {
    return new Output(out, json ? Output.Form.JSON : Output.Form.TEXT);
  }
}
