package org.mxrelay.smtp.queue.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut leaves of a journal: all that was synced, and of what came after that anything
 * or nothing, over what was there before. Whatever was acknowledged is read, whole and in order,
 * and nothing that was never written.
 */
final class TornJournalTest {

  private static final int RECORDS = 20;

  @TempDir Path directory;

  private final long seed = Long.getLong("mx.seed", 20260301L);
  private final Random random = new Random(seed);
  private final List<byte[]> records = new ArrayList<>();

  /** The length of the file when the write of each record returned. */
  private final List<Integer> ends = new ArrayList<>();

  private byte[] whole = {};

  /** The same file as it was in the epoch before. */
  private byte[] before = {};

  @BeforeEach
  void record() throws IOException {
    List<Path> files = Journal.files(directory.resolve("j"));
    for (Path file : files) {
      Files.createFile(file);
    }
    try (Journal journal = Journal.begin(files)) {
      for (int i = 0; i < RECORDS; i++) {
        journal.unpin(journal.write(some(i), 1), 1);
      }
      before = Files.readAllBytes(files.get(0));
      journal.tidy();
      for (int i = 0; i < RECORDS; i++) {
        records.add(some(i));
        journal.write(records.get(i), 1);
        ends.add((int) journal.length() + 16);
      }
      whole = Files.readAllBytes(files.get(0));
    }
  }

  /** As long as the one in its place before, often, so that the old ones are where new ones are. */
  private byte[] some(int i) {
    byte[] bytes = new byte[1 + i * 13 % 150 + (i % 5 == 0 ? random.nextInt(3) : 0)];
    random.nextBytes(bytes);
    return bytes;
  }

  private void check(byte[] left, int synced, String which) throws IOException {
    Path file = directory.resolve("left");
    Files.write(file, left);
    List<byte[]> read = new ArrayList<>();
    Journal.read(List.of(file, directory.resolve("none")), read::add);
    int atLeast = (int) ends.stream().filter(end -> end <= synced).count();
    String what = which + ", seed " + seed + ": " + read.size() + " of " + atLeast;
    assertTrue(read.size() >= atLeast && read.size() <= RECORDS, what);
    for (int i = 0; i < read.size(); i++) {
      assertArrayEquals(records.get(i), read.get(i), what);
    }
  }

  @Test
  void cutAtEveryOctet_hasAllThatEndedBeforeIt() throws IOException {
    for (int length = 0; length <= whole.length; length++) {
      check(Arrays.copyOf(whole, length), length, "cut at " + length);
    }
  }

  @Test
  void oldOctetsBehindTheSynced_areNoRecords() throws IOException {
    for (int from = 16; from <= whole.length; from++) {
      byte[] left = whole.clone();
      for (int i = from; i < left.length; i++) {
        left[i] = i < before.length ? before[i] : 0;
      }
      check(left, from, "old from " + from);
    }
  }

  @Test
  void headerThatDidNotReachTheDisk_isTheEpochBeforeOrNothing() throws IOException {
    byte[] left = whole.clone();
    System.arraycopy(before, 0, left, 0, 16);
    Path file = directory.resolve("left");
    Files.write(file, left);
    Journal.read(List.of(file, file), record -> assertTrue(false, "a record of two epochs"));
  }

  @Test
  void anyBitFlippedBehindTheSynced_isNoticed() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      int at = 16 + random.nextInt(whole.length - 16);
      byte[] left = whole.clone();
      left[at] ^= (byte) (1 << random.nextInt(8));
      check(left, at, "flipped at " + at);
    }
  }

  @Test
  void blocksThatDidNotReachTheDisk_areNoticed() throws IOException {
    for (int i = 0; i < 500; i++) {
      int synced = ends.get(random.nextInt(RECORDS));
      byte[] left = whole.clone();
      for (int block = synced; block < left.length; block += 64) {
        if (random.nextBoolean()) {
          Arrays.fill(left, block, Math.min(block + 64, left.length), (byte) 0);
        }
      }
      check(left, synced, "blocks behind " + synced);
    }
  }

  @Test
  void lengthsThatAreGarbage_areNoRecords() throws IOException {
    for (int i = 0; i < 500; i++) {
      int synced = ends.get(random.nextInt(RECORDS));
      byte[] left = whole.clone();
      byte[] garbage = new byte[left.length - synced];
      random.nextBytes(garbage);
      System.arraycopy(garbage, 0, left, synced, garbage.length);
      check(left, synced, "garbage behind " + synced);
    }
  }
}
