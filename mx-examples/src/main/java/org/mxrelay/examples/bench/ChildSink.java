package org.mxrelay.examples.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sink in a process of its own, so that what it computes is not counted as ours. */
public final class ChildSink implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("\"address\":\"([0-9.]+):(\\d+)\"");

  private final Process process;
  private final InetSocketAddress address;

  private ChildSink(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one on a free loopback port.
   *
   * @param options of {@code mx bench sink}
   * @throws IOException if it does not start
   */
  public static ChildSink start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add("org.mxrelay.examples.cli.Mx");
    command.addAll(List.of("bench", "sink", "--json", "--listen", "127.0.0.1:0"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      return new ChildSink(process, listening(process));
    } catch (IOException | RuntimeException e) {
      process.destroy();
      throw e;
    }
  }

  private static InetSocketAddress listening(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    Matcher m = ADDRESS.matcher(line == null ? "" : line);
    if (!m.find()) {
      throw new IOException("the sink did not start: " + line);
    }
    return new InetSocketAddress(m.group(1), Integer.parseInt(m.group(2)));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
