package org.mxrelay.examples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The demonstration: five acts, each with promises that are checked. */
public final class Demo {

  /** Whether the output is coloured. */
  public enum Colour {
    ON,
    OFF
  }

  private static final List<Act> ACTS =
      List.of(
          new Routing(),
          new BackupTakesOver(),
          new Greylisting(),
          new BounceToSender(),
          new Restart());

  private Demo() {}

  /**
   * Plays all acts.
   *
   * @return whether every promise held
   */
  public static boolean play(PrintStream out, Colour colour)
      throws IOException, InterruptedException {
    Narrator narrator = new Narrator(out, colour);
    Path folder = Files.createTempDirectory("mx-demo-");
    try (TinyInternet net = new TinyInternet(folder)) {
      narrator.line("A DNS server, four mail exchangers and a queue file, all on this machine.");
      for (Act act : ACTS) {
        narrator.act(act);
        act.play(net, narrator);
      }
    } finally {
      delete(folder);
    }
    return narrator.end();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
