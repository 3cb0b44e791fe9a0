package org.mxrelay.examples.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.mxrelay.examples.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The demonstration. */
@Command(
    name = "demo",
    description = "Shows on this machine alone what happens to mail when servers misbehave.")
final class DemoCommand implements Callable<Integer> {

  private final Streams streams;

  DemoCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    // Knows terminals of all kinds, NO_COLOR and the like.
    Demo.Colour colour = Ansi.AUTO.enabled() ? Demo.Colour.ON : Demo.Colour.OFF;
    return Demo.play(streams.out(), colour) ? ExitCodes.OK : ExitCodes.ERROR;
  }
}
