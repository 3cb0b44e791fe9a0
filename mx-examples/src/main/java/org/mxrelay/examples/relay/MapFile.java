package org.mxrelay.examples.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.backup.RecipientMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mailboxes that there are, as a file lists them: a mailbox a line, or {@code @domain} for all
 * of a domain; {@code #} begins a comment. Who is not in it does not exist. Case does not matter.
 * The file is read again when it has changed; while it cannot be read, the last list counts.
 *
 * <p>Safe for use by several threads.
 */
public final class MapFile implements RecipientMap {

  private static final Logger log = LoggerFactory.getLogger(MapFile.class);

  private record Contents(FileTime written, Set<String> names) {}

  private final Path file;
  private volatile Contents last;

  private MapFile(Path file, Contents contents) {
    this.file = file;
    this.last = contents;
  }

  /**
   * Reads it for the first time.
   *
   * @throws IOException if it cannot be read, or a line is neither a mailbox nor a domain
   */
  public static MapFile open(Path file) throws IOException {
    return new MapFile(file, read(file));
  }

  @Override
  public Knowledge lookup(Mailbox mailbox) {
    Set<String> names = current().names();
    boolean listed =
        names.contains(mailbox.toString().toLowerCase(Locale.ROOT))
            || names.contains("@" + mailbox.destination());
    return listed ? Knowledge.EXISTS : Knowledge.MISSING;
  }

  private Contents current() {
    try {
      if (!Files.getLastModifiedTime(file).equals(last.written())) {
        last = read(file);
      }
    } catch (IOException e) {
      log.warn("the list of recipients stays as it was: {}", e.getMessage());
    }
    return last;
  }

  private static Contents read(Path file) throws IOException {
    // Before the contents, so that a change while it is read is seen the next time.
    FileTime written = Files.getLastModifiedTime(file);
    Set<String> names = new HashSet<>();
    for (String line : Files.readAllLines(file, UTF_8)) {
      String name = line.replaceFirst("#.*", "").strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty()) {
        names.add(canonical(file, name));
      }
    }
    return new Contents(written, names);
  }

  private static String canonical(Path file, String name) throws IOException {
    try {
      return name.startsWith("@")
          ? "@" + Mailbox.parse("x" + name).destination()
          : Mailbox.parse(name).toString();
    } catch (InvalidAddressException e) {
      throw new IOException(file + ": '" + name + "' " + e.why(), e);
    }
  }
}
