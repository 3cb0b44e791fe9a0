package org.mxrelay.examples.interop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mxrelay.testkit.Peers;

/** Postfix's smtp-sink, which writes each message that it takes to a file. */
final class SmtpSink implements AutoCloseable {

  private final Daemon daemon;
  private final Path messages;

  private SmtpSink(Daemon daemon, Path messages) {
    this.daemon = daemon;
    this.messages = messages;
  }

  static SmtpSink start(Path folder, String host, int port) throws IOException {
    return start(folder, host, port, List.of());
  }

  /** One that speaks LMTP. */
  static SmtpSink startLmtp(Path folder, String host, int port) throws IOException {
    return start(folder, host, port, List.of("-L"));
  }

  private static SmtpSink start(Path folder, String host, int port, List<String> options)
      throws IOException {
    Path program = Peers.need("postfix", "smtp-sink");
    Path messages = Files.createDirectories(folder.resolve("messages"));
    Files.setPosixFilePermissions(messages, PosixFilePermissions.fromString("rwxrwxrwx"));
    List<String> command = new ArrayList<>(List.of(program.toString()));
    if (System.getProperty("user.name").equals("root")) {
      // It refuses to run as root, and reaches its folder through a change of root.
      command.addAll(List.of("-u", "nobody", "-R", messages.toString(), "-d", "m"));
    } else {
      command.addAll(List.of("-d", messages.resolve("m").toString()));
    }
    command.addAll(options);
    command.addAll(List.of(host + ":" + port, "100"));
    Daemon daemon = Daemon.start(folder, command);
    return new SmtpSink(daemon.awaitPort(new InetSocketAddress(host, port)), messages);
  }

  List<byte[]> messages() throws IOException {
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(messages)) {
      for (Path file : files.toList()) {
        all.add(Files.readAllBytes(file));
      }
    }
    return all;
  }

  @Override
  public void close() {
    daemon.close();
  }
}
