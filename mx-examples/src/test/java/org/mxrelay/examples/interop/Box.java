package org.mxrelay.examples.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A maildir that a server fills. */
record Box(Path folder) {

  /** Waits until that many messages lie in it, and reads them. */
  List<byte[]> await(int count) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (files().size() < count && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    List<byte[]> all = new ArrayList<>();
    for (Path file : files()) {
      all.add(Files.readAllBytes(file));
    }
    return all;
  }

  private List<Path> files() throws IOException {
    Path arrived = folder.resolve("new");
    if (!Files.isDirectory(arrived)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(arrived)) {
      return files.toList();
    }
  }
}
