package org.mxrelay.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Lets a folder hold so many policies and no more: the oldest files go. Thread-safe. */
record FolderLimit(Path folder, int most) {

  /** How the names of our files begin. */
  static final String PREFIX = "sts.";

  /** With the time of a file that somebody else deletes meanwhile being 0. */
  private record Aged(Path file, long written) {}

  void hold() throws IOException {
    List<Path> ours = list();
    if (ours.size() <= most) {
      return;
    }
    List<Aged> aged = new ArrayList<>();
    for (Path file : ours) {
      aged.add(new Aged(file, file.toFile().lastModified()));
    }
    aged.sort(Comparator.comparingLong(Aged::written));
    for (Aged oldest : aged.subList(0, ours.size() - most)) {
      Files.deleteIfExists(oldest.file());
    }
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.getFileName().toString().startsWith(PREFIX)).toList();
    }
  }
}
