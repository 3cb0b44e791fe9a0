package org.mxrelay.smtp.queue.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;

/**
 * Messages' bytes, in and out. Sources are read outside any transaction, since they may be slow.
 * Safe for use by several threads.
 */
final class Bodies {

  /** Messages up to this size are stored with their row; of longer ones this is a chunk. */
  static final int CHUNK = 256 * 1024;

  /** Whoever has not staged another chunk by then is gone. */
  static final Duration ABANDONED = Duration.ofHours(1);

  private final Writer writer;
  private final Readers readers;
  private final AtHand atHand;
  private final InstantSource clock;

  Bodies(Writer writer, Readers readers, AtHand atHand, InstantSource clock) {
    this.atHand = atHand;
    this.writer = writer;
    this.readers = readers;
    this.clock = clock;
  }

  /**
   * Reads the messages, and stages those that are long. What was staged is dropped if one fails.
   *
   * @throws UncheckedIOException if one cannot be read
   */
  List<Body> read(List<Submission> submissions) {
    List<Body> bodies = new ArrayList<>(submissions.size());
    try {
      for (Submission submission : submissions) {
        bodies.add(read(submission));
      }
      return bodies;
    } catch (IOException e) {
      drop(bodies);
      throw new UncheckedIOException("a message of " + submissions.size() + " to be added", e);
    } catch (RuntimeException e) {
      drop(bodies);
      throw e;
    }
  }

  /** A number under which chunks can be stored. */
  long newId() {
    return writer.write(WriteTransaction::next);
  }

  private Body read(Submission submission) throws IOException {
    try (InputStream in = submission.message().open()) {
      byte[] first = first(in, submission.facts().size());
      byte[] second = first.length < CHUNK ? new byte[0] : in.readNBytes(CHUNK);
      return second.length == 0 ? Body.of(first) : stage(first, second, in);
    }
  }

  /**
   * A chunk, or less at the end of the message.
   *
   * @param told how long the message should be: it is read without another copy if that is true
   */
  private static byte[] first(InputStream in, long told) throws IOException {
    byte[] bytes = new byte[(int) Math.max(0, Math.min(CHUNK, told))];
    int length = in.readNBytes(bytes, 0, bytes.length);
    if (length < bytes.length) {
      return Arrays.copyOf(bytes, length);
    }
    byte[] more = length < CHUNK ? in.readNBytes(CHUNK - length) : new byte[0];
    if (more.length == 0) {
      return bytes;
    }
    byte[] all = Arrays.copyOf(bytes, length + more.length);
    System.arraycopy(more, 0, all, length, more.length);
    return all;
  }

  private Body stage(byte[] first, byte[] second, InputStream in) throws IOException {
    long id = writer.write(this::begin);
    int parts = 0;
    try {
      put(id, parts++, first);
      for (byte[] chunk = second; chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
        put(id, parts++, chunk);
      }
      return Body.staged(id, parts);
    } catch (IOException | RuntimeException e) {
      drop(List.of(Body.staged(id, parts)));
      throw e;
    }
  }

  private long begin(WriteTransaction transaction) throws SQLException {
    long id = transaction.next();
    transaction
        .sql()
        .update(
            "INSERT INTO mx_staging (body, touched) VALUES (?, ?)", id, Micros.of(clock.instant()));
    return id;
  }

  private void put(long id, int part, byte[] bytes) {
    writer.write(
        transaction -> {
          transaction
              .sql()
              .update(
                  "UPDATE mx_staging SET touched = ? WHERE body = ?",
                  Micros.of(clock.instant()),
                  id);
          return transaction
              .sql()
              .update("INSERT INTO mx_chunk (body, part, bytes) VALUES (?, ?, ?)", id, part, bytes);
        });
  }

  /** Drops what was staged, if that is possible; else it is swept as abandoned. */
  void drop(List<Body> bodies) {
    for (Body body : bodies) {
      if (body.inline().isEmpty()) {
        try {
          writer.write(transaction -> Retention.dropStaged(transaction, body.staged()));
        } catch (QueueException e) {
          // The failure that led here is the one to tell of.
        }
      }
    }
  }

  /**
   * The stored bytes of a submission.
   *
   * @throws QueueException if there are none
   */
  MessageSource of(SubmissionId submission) {
    Optional<byte[]> known = atHand.get(submission);
    if (known.isPresent()) {
      return inline(known.get());
    }
    Optional<MessageSource> found =
        readers.read(
            sql ->
                sql.first(
                    "SELECT id, chunks, body FROM mx_message"
                        + " WHERE submission = ? AND ended_at IS NULL",
                    row -> {
                      int parts = row.getInt(2);
                      return row.wasNull()
                          ? inline(row.getBytes(3))
                          : chunked(row.getLong(1), parts);
                    },
                    submission.value()));
    return found.orElseThrow(() -> new QueueException("no message of submission " + submission));
  }

  private static MessageSource inline(byte @Nullable [] stored) {
    byte[] bytes = stored == null ? new byte[0] : stored;
    return () -> new ByteArrayInputStream(bytes);
  }

  private MessageSource chunked(long body, int parts) {
    return () -> new ChunkStream(parts, part -> chunk(body, part));
  }

  private byte[] chunk(long body, int part) throws IOException {
    try {
      return readers
          .read(
              sql ->
                  sql.first(
                      "SELECT bytes FROM mx_chunk WHERE body = ? AND part = ?",
                      row -> row.getBytes(1),
                      body,
                      part))
          .orElseThrow(() -> new IOException("the message ended while it was read"));
    } catch (QueueException e) {
      throw new IOException(e);
    }
  }
}
