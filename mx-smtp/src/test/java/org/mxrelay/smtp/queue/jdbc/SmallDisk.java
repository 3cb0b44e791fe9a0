package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A small file system, a real one, mounted for a test; where that is not allowed, the test is
 * skipped.
 */
record SmallDisk(Path directory) {

  static SmallDisk mount(Path directory, String size) throws InterruptedException {
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()));
    return new SmallDisk(directory);
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Leaves no byte; deleting what is answered makes room again. */
  Path fill() throws IOException {
    Path filler = directory.resolve("filler");
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (int i = 0; i < 10_000; i++) {
        out.write(page);
      }
      throw new AssertionError("a disk without end");
    } catch (IOException e) {
      return filler;
    }
  }

  void unmount() throws InterruptedException {
    run("umount", directory.toString());
  }
}
