package org.mxrelay.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of this process's memory. */
public final class Memory {

  private static final String PEAK = "VmHWM:";

  private Memory() {}

  /** The most that was resident so far, in octets; 0 where the kernel does not tell. */
  public static long peakRss() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith(PEAK)) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      return 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
