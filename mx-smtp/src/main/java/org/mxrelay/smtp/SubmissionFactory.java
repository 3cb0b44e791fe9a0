package org.mxrelay.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.mxrelay.smtp.engine.IdSource;
import org.mxrelay.smtp.engine.SharedRandom;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;

/**
 * Makes submissions: names a message, reads what must be known of it, and notes the time. For
 * programs that add to a queue without delivering from it; {@link MxRelay#submit} does the same
 * where one delivers. A message whose header says {@code TLS-Required: No} waives TLS (RFC 8689),
 * unless its envelope requires it.
 *
 * <p>Immutable. Safe for use by several threads.
 */
public final class SubmissionFactory {

  private final InstantSource clock;
  private final IdSource ids;

  /**
   * @param clock gives the time of acceptance
   * @param random makes ids unique; drawn from by one thread at a time
   */
  public SubmissionFactory(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.ids = new IdSource(clock, new SharedRandom(random));
  }

  /** With the system's clock. */
  public static SubmissionFactory system() {
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    return new SubmissionFactory(InstantSource.system(), random);
  }

  /** An id that nobody has had: 26 letters and digits that sort by time, to the millisecond. */
  public SubmissionId newId() {
    return ids.next();
  }

  /**
   * A submission under an id of its own, due at once. Reads the message once to its end.
   *
   * @throws UncheckedIOException if the message cannot be read
   */
  public Submission create(Envelope envelope, MessageSource message) {
    return create(newId(), envelope, message);
  }

  /**
   * A submission under an id of the caller's, due at once. Reads the message once to its end.
   *
   * @throws UncheckedIOException if the message cannot be read
   */
  public Submission create(SubmissionId id, Envelope envelope, MessageSource message) {
    try {
      MessageFacts facts = MessageFacts.of(message);
      Instant now = clock.instant();
      Instant due = Submission.dueFrom(envelope, now);
      return new Submission(id, heeded(envelope, message), message, facts, now, due);
    } catch (IOException e) {
      throw new UncheckedIOException("submission " + id + ": its message cannot be read", e);
    }
  }

  /** With what the message's own header says of TLS; REQUIRETLS goes before it (RFC 8689, 5). */
  private static Envelope heeded(Envelope envelope, MessageSource message) throws IOException {
    EnvelopeOptions options = envelope.options();
    return options.tls() == SenderTls.UNSPECIFIED && TlsRequiredField.saysNo(message)
        ? envelope.with(options.withTls(SenderTls.WAIVED))
        : envelope;
  }
}
