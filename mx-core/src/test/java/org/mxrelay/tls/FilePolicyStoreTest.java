package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.tls.StsPolicy.Mode;

class FilePolicyStoreTest {

  private static final Domain EXAMPLE = new Domain("example.org");

  @TempDir private Path folder;

  private static StoredPolicy policy(String id) {
    return new StoredPolicy(
        new StsPolicy(Mode.ENFORCE, List.of("*.example.org", "a.example"), Duration.ofDays(7)),
        id,
        Instant.parse("2026-03-01T12:34:56.789Z"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void savedPolicy_isReadByTheNextProcess() throws IOException {
    Path below = folder.resolve("not/there/yet");
    PolicyStore.files(below).save(EXAMPLE, policy("1"));
    PolicyStore.files(below).save(EXAMPLE, policy("2"));
    assertEquals(Optional.of(policy("2")), PolicyStore.files(below).load(EXAMPLE));
    assertEquals(Optional.empty(), PolicyStore.files(below).load(new Domain("other.example")));
    try (Stream<Path> all = Files.list(below)) {
      assertEquals(1, all.count(), "no temporary file is left");
    }
  }

  @Test
  void domains_areThoseOfTheFilesThatAreOurs() throws IOException {
    assertEquals(List.of(), PolicyStore.files(folder.resolve("absent")).domains());
    PolicyStore.files(folder).save(EXAMPLE, policy("1"));
    Files.writeString(folder.resolve("sts...."), "no domain");
    Files.writeString(folder.resolve("new123.tmp"), "cut short");
    assertEquals(List.of(EXAMPLE), PolicyStore.files(folder).domains());
  }

  @ParameterizedTest
  @ValueSource(strings = {"con", "nul.example", "xn--bcher-kva.example", "a_b.example"})
  void anyDomain_hasASafeFileName(String name) throws IOException {
    PolicyStore.files(folder).save(new Domain(name), policy("1"));
    assertEquals(List.of("sts." + name), names());
    assertEquals(Optional.of(policy("1")), PolicyStore.files(folder).load(new Domain(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "version: STSv1\nmode: none\nmax_age: 1\n",
        "# yesterday 1\nversion: STSv1\nmode: none\nmax_age: 1\n",
        "# 2026-03-01T12:34:56Z\nversion: STSv1\nmode: none\nmax_age: 1\n",
        "# 2026-03-01T12:34:56Z 1\nversion: STSv1\nmode: none\n",
      })
  void fileThatIsNotOurs_isNoPolicy(String text) throws IOException {
    Files.writeString(folder.resolve("sts.example.org"), text);
    assertEquals(Optional.empty(), PolicyStore.files(folder).load(EXAMPLE));
    PolicyStore.files(folder).save(EXAMPLE, policy("1"));
    assertEquals(Optional.of(policy("1")), PolicyStore.files(folder).load(EXAMPLE));
  }

  @Test
  void fullFolder_losesItsOldestPolicy() throws IOException {
    FilePolicyStore store = new FilePolicyStore(folder, 3);
    for (int i = 1; i <= 4; i++) {
      Files.writeString(folder.resolve("unrelated" + i), "stays");
    }
    for (int i = 1; i <= 5; i++) {
      store.save(new Domain("d" + i + ".example"), policy("1"));
      Path file = folder.resolve("sts.d" + i + ".example");
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(i * 100L)));
    }
    assertEquals(
        List.of("sts.d3.example", "sts.d4.example", "sts.d5.example"),
        names().stream().filter(n -> n.startsWith("sts.")).toList());
    assertEquals(7, names().size());
  }

  @Test
  void folderThatCannotBeWritten_isToldAndTheProcessRemembers() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "");
    PolicyStore store = PolicyStore.files(file.resolve("below"));
    UncheckedIOException failure =
        assertThrows(UncheckedIOException.class, () -> store.save(EXAMPLE, policy("1")));
    assertTrue(String.valueOf(failure.getMessage()).contains("a-file"));
    assertEquals(Optional.of(policy("1")), store.load(EXAMPLE));
  }

  @Test
  void memory_isBounded() {
    BoundedMap<Domain, String> map = new BoundedMap<>(2);
    map.put(new Domain("a.example"), "a");
    map.put(new Domain("b.example"), "b");
    map.find(new Domain("a.example"));
    map.put(new Domain("c.example"), "c");
    assertEquals(Optional.of("a"), map.find(new Domain("a.example")));
    assertEquals(Optional.empty(), map.find(new Domain("b.example")));
  }
}
