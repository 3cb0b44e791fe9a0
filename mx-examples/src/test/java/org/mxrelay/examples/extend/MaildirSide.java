package org.mxrelay.examples.extend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.testkit.ReceivingSide;

/** The folders as the contract sees them: the copies of one message are one that was taken. */
final class MaildirSide implements ReceivingSide {

  private static final List<String> EVERYBODY = List.of("ann", "bob", "cy", "never");

  private final Path root;

  private MaildirSide(Path root) {
    this.root = root;
  }

  static MaildirSide of(Path root) throws IOException {
    for (String local : EVERYBODY) {
      Files.createDirectories(root.resolve("y.example").resolve(local));
    }
    return new MaildirSide(root);
  }

  @Override
  public Route route() {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    return new Route("folders.example", 0, here, Route.Origin.STATIC);
  }

  @Override
  public void refuse(String address) {
    delete(root.resolve("y.example").resolve(address.substring(0, address.indexOf('@'))));
  }

  @Override
  public void shut() {
    delete(root);
  }

  @Override
  public List<Taken> taken() {
    Map<String, List<String>> recipients = new LinkedHashMap<>();
    for (Path file : files()) {
      String[] parts = read(file).split("\r\nDelivered-To: |\r\n", 3);
      String message = parts[0] + "\n" + parts[2];
      recipients.computeIfAbsent(message, m -> new ArrayList<>()).add(parts[1]);
    }
    List<Taken> taken = new ArrayList<>();
    recipients.forEach(
        (message, to) -> {
          String[] parts = message.split("\n", 2);
          String path = parts[0].replaceAll("Return-Path: <|>", "");
          taken.add(new Taken(path, to.stream().sorted().toList(), parts[1]));
        });
    return taken;
  }

  @Override
  public void close() {}

  private List<Path> files() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(p -> p.getParent().endsWith("new") && Files.isRegularFile(p))
          .sorted(Comparator.comparing(p -> p.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
