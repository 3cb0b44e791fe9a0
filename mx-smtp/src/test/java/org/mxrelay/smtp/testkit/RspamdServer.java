package org.mxrelay.smtp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mxrelay.testkit.Peers;

/**
 * A rspamd of the test's own, without rules: it knows the test patterns that spam filters agree on
 * (GTUBE), and speaks both HTTP and the milter protocol on the loopback address. A test is skipped
 * where it is not installed, as {@link org.mxrelay.testkit.Peers} says; the peer is {@code rspamd}.
 *
 * <p>Confined to one thread.
 */
public final class RspamdServer implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

  // Without Hyperscan, languages and the list of all top levels it starts within a second.
  private static final String CONFIGURATION =
      """
      options {
        filters = "";
        enable_test_patterns = true;
        pidfile = "%1$s/pid";
        tempdir = "%1$s";
        dynamic_conf = "%1$s/dynamic";
        history_file = "%1$s/history";
        cache_file = "%1$s/cache";
        hs_cache_dir = "%1$s";
        control_socket = "%1$s/control mode=0600";
        rrd = "";
        disable_hyperscan = true;
        url_tld = "%1$s/tld";
        dns { timeout = 0.1s; retransmits = 1; nameserver = ["127.0.0.1:9"]; }
      }
      lang_detection { languages = "%1$s/none"; }
      logging { type = "console"; level = "notice"; }
      actions { reject = 15; add_header = 6; greylist = 4; }
      worker "normal" { bind_socket = "127.0.0.1:%2$d"; count = 1; }
      worker "rspamd_proxy" {
        bind_socket = "127.0.0.1:%3$d";
        count = 1;
        milter = yes;
        timeout = 10s;
        upstream "local" { default = yes; self_scan = yes; }
      }
      """;

  private final Process process;
  private final Path log;
  private final int http;
  private final int milter;

  private RspamdServer(Process process, Path log, int http, int milter) {
    this.process = process;
    this.log = log;
    this.http = http;
    this.milter = milter;
  }

  /** Starts one that keeps its files in that folder, and waits until it answers. */
  public static RspamdServer start(Path folder) {
    Path program = Peers.need("rspamd", "rspamd");
    try {
      int http = freePort();
      int milter = freePort();
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("tld"), "com\norg\n");
      Path configuration = folder.resolve("rspamd.conf");
      Files.writeString(configuration, CONFIGURATION.formatted(folder, http, milter));
      Path log = folder.resolve("log");
      List<String> command = new ArrayList<>();
      // -i lets it run as whoever runs the test.
      command.addAll(List.of(program.toString(), "-f", "-i", "-c", configuration.toString()));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      RspamdServer server = new RspamdServer(process, log, http, milter);
      server.awaitPort(http);
      server.awaitPort(milter);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it speaks HTTP. */
  public InetSocketAddress http() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), http);
  }

  /** Where it speaks the milter protocol. */
  public InetSocketAddress milter() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), milter);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitPort(int port) throws IOException {
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
    close();
    throw new IOException("rspamd does not start: " + Files.readString(log));
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
