package org.mxrelay.smtp.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.smtp.message.MessageSource;

/** A submission as the memory store keeps it. Confined to the store's lock. */
final class MemoryMessage {

  final SubmissionId id;

  /** Gone as soon as no delivery needs it. */
  private Optional<byte[]> body;

  final List<MemoryUnit> pending = new ArrayList<>();
  final List<RecordedOutcome> ended = new ArrayList<>();
  Instant endedAt = Instant.MAX;

  MemoryMessage(SubmissionId id, byte[] body) {
    this.id = id;
    this.body = Optional.of(body);
  }

  /** Reads before anything is locked, since the sources may be slow. */
  static List<MemoryMessage> readAll(List<Submission> submissions) {
    return submissions.stream().map(s -> new MemoryMessage(s.id(), read(s))).toList();
  }

  private static byte[] read(Submission submission) {
    try (InputStream in = submission.message().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("message of submission " + submission.id(), e);
    }
  }

  /** The bytes, unless nobody needs them any more. */
  Optional<MessageSource> source() {
    return body.map(bytes -> () -> new ByteArrayInputStream(bytes));
  }

  void end(Instant at) {
    endedAt = at;
    body = Optional.empty();
  }

  SubmissionStatus status() {
    return new SubmissionStatus(
        id,
        ended.stream().map(RecordedOutcome::outcome).toList(),
        pending.stream().map(MemoryUnit::entry).toList());
  }
}
