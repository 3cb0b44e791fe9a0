package org.mxrelay.testkit;

import static java.util.Comparator.reverseOrder;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real software that a test talks to, if it is installed.
 *
 * <p>A test whose peer is missing is skipped, unless the system property {@code mx.require} names
 * the peer (names with commas between): then it fails, so that a machine that is meant to have the
 * peers cannot pass without them.
 *
 * <p>Safe for use by several threads.
 */
public final class Peers {

  private static final List<Path> PLACES =
      Stream.concat(
              Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
              Stream.of("/usr/sbin", "/sbin", "/usr/bin"))
          .map(Path::of)
          .toList();

  /** Debian keeps the versions of PostgreSQL beside each other. */
  private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

  private Peers() {}

  /**
   * The program's path.
   *
   * @param peer the name in {@code mx.require}
   * @param program the program's file name
   * @throws AssertionError if it is missing and required
   * @throws org.opentest4j.TestAbortedException if it is missing and not required
   */
  public static Path need(String peer, String program) {
    Optional<Path> found = find(program);
    if (found.isEmpty()) {
      missing(peer, program + " is not installed");
    }
    return found.orElseThrow();
  }

  /**
   * Ends a test that cannot run here.
   *
   * @throws AssertionError if the peer is required
   * @throws org.opentest4j.TestAbortedException if it is not
   */
  public static void missing(String peer, String why) {
    String required = System.getProperty("mx.require", "");
    if (Arrays.asList(required.split(",")).contains(peer)) {
      throw new AssertionError(why + ", and mx.require=" + required + " asks for it");
    }
    Assumptions.abort(why);
  }

  private static Optional<Path> find(String program) {
    return Stream.concat(PLACES.stream(), postgresql())
        .map(p -> p.resolve(program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The newest first. */
  private static Stream<Path> postgresql() {
    String[] versions = POSTGRESQL.toFile().list();
    return versions == null
        ? Stream.of()
        : Arrays.stream(versions)
            .sorted(Comparator.comparing(String::length).reversed().thenComparing(reverseOrder()))
            .map(version -> POSTGRESQL.resolve(version).resolve("bin"));
  }
}
