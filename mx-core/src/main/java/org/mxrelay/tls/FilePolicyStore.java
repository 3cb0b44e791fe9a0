package org.mxrelay.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps policies in a folder, and those it has read or written in memory too. Thread-safe.
 *
 * <p>A file is a policy as its host has it, behind a line that says when and under which id it was
 * fetched.
 */
final class FilePolicyStore implements PolicyStore {

  private static final Logger log = LoggerFactory.getLogger(FilePolicyStore.class);
  private static final Pattern HEAD = Pattern.compile("# (\\S{1,40}) ([A-Za-z0-9]{1,32})");

  private final Path folder;
  private final FolderLimit limit;
  private final PolicyStore memory = PolicyStore.inMemory();

  FilePolicyStore(Path folder) {
    this(folder, 10_000);
  }

  FilePolicyStore(Path folder, int most) {
    this.folder = folder;
    this.limit = new FolderLimit(folder, most);
  }

  @Override
  public Optional<StoredPolicy> load(Domain domain) {
    Optional<StoredPolicy> known = memory.load(domain);
    if (known.isPresent()) {
      return known;
    }
    Optional<StoredPolicy> read = read(file(domain));
    read.ifPresent(policy -> memory.save(domain, policy));
    return read;
  }

  @Override
  public List<Domain> domains() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(FolderLimit.PREFIX))
          .flatMap(name -> domain(name.substring(FolderLimit.PREFIX.length())))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("policies in " + folder + " cannot be listed", e);
    }
  }

  private static Stream<Domain> domain(String name) {
    try {
      return Stream.of(new Domain(name));
    } catch (InvalidAddressException notOurs) {
      return Stream.empty();
    }
  }

  @Override
  public void save(Domain domain, StoredPolicy policy) {
    memory.save(domain, policy);
    String head = "# " + policy.fetchedAt() + " " + policy.id() + "\n";
    byte[] octets =
        (head + StsPolicyText.write(policy.policy())).getBytes(StandardCharsets.US_ASCII);
    try {
      Files.createDirectories(folder);
      replace(file(domain), octets);
      limit.hold();
    } catch (IOException e) {
      throw new UncheckedIOException("policy of " + domain + " cannot be kept in " + folder, e);
    }
  }

  /**
   * A domain is letters, digits, hyphens, underscores and dots, so that it cannot lead out of the
   * folder; what stands before it keeps it from being the name of a device.
   */
  private Path file(Domain domain) {
    return folder.resolve(FolderLimit.PREFIX + domain.name());
  }

  /** Whoever reads meanwhile, or after a crash, finds the old policy or the new one. */
  private void replace(Path file, byte[] octets) throws IOException {
    Path fresh = Files.createTempFile(folder, "new", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(octets);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static Optional<StoredPolicy> read(Path file) {
    try {
      if (Files.size(file) > 2L * StsPolicyText.MOST) {
        return unreadable(file, "too long");
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      int end = text.indexOf('\n') + 1;
      Matcher head = HEAD.matcher(text.substring(0, Math.max(0, end - 1)));
      PolicyAnswer answer =
          StsPolicyText.read(text.substring(end).getBytes(StandardCharsets.ISO_8859_1));
      if (head.matches() && answer instanceof PolicyAnswer.Policy p) {
        Instant at = Instant.parse(head.group(1));
        return Optional.of(new StoredPolicy(p.policy(), head.group(2), at));
      }
      return unreadable(file, "not written by us");
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | DateTimeParseException e) {
      return unreadable(file, e.toString());
    }
  }

  private static Optional<StoredPolicy> unreadable(Path file, String why) {
    log.warn("policy in {} cannot be read and will be fetched anew: {}", file, why);
    return Optional.empty();
  }
}
