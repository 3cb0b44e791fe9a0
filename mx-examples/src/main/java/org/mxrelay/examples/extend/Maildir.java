package org.mxrelay.examples.extend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.transport.Transaction;

/**
 * The maildir of one mailbox. A message is written and synced in {@code tmp} and appears in {@code
 * new} by a rename, so that nobody ever sees half of one.
 *
 * <p>Immutable.
 */
record Maildir(Path folder) {

  /** The mailbox's own; its text is made one safe file name. */
  static Maildir of(Path root, Mailbox mailbox) {
    return new Maildir(
        root.resolve(fileName(mailbox.destination().toString()))
            .resolve(fileName(mailbox.localPart())));
  }

  /** Whether there is such a mailbox: the postmaster made its folder. */
  boolean exists() {
    return Files.isDirectory(folder);
  }

  /**
   * Writes the message so that a rename is all that is missing.
   *
   * @param number of the message, by which readers sort
   */
  Path write(Transaction transaction, Mailbox to, long number) throws IOException {
    Path tmp = Files.createDirectories(folder.resolve("tmp"));
    Files.createDirectories(folder.resolve("new"));
    Files.createDirectories(folder.resolve("cur"));
    Path file = tmp.resolve(String.format("%019d.%s.mxrelay", number, UUID.randomUUID()));
    try (OutputStream out = Files.newOutputStream(file);
        InputStream in = transaction.message().open()) {
      out.write(trace(transaction, to).getBytes(StandardCharsets.UTF_8));
      in.transferTo(out);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    sync(file);
    return file;
  }

  /** From now on it is there. */
  void publish(Path written) throws IOException {
    Path target = folder.resolve("new").resolve(String.valueOf(written.getFileName()));
    Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    sync(folder.resolve("new"));
  }

  // RFC 5321, 4.4: final delivery keeps the reverse-path.
  private static String trace(Transaction transaction, Mailbox to) {
    return "Return-Path: <"
        + transaction.envelope().reversePath()
        + ">\r\nDelivered-To: "
        + to
        + "\r\n";
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String fileName(String text) {
    String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
    return encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
  }
}
