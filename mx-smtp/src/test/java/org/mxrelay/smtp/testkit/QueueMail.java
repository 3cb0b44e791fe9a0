package org.mxrelay.smtp.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mxrelay.address.Destination;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;

/**
 * Submissions, claims and settlements for tests of queues.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class QueueMail {

  /** When the tests begin. */
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** How long their leases last. */
  public static final Duration LEASE = Duration.ofSeconds(60);

  /** A diagnostic with every part filled. */
  public static final Diagnostic OK =
      new Diagnostic(
          EnhancedStatusCode.of("2.0.0"),
          Category.OTHER,
          Optional.of(org.mxrelay.reply.Stage.END_OF_DATA),
          "mx.example.org",
          "250 2.0.0 taken as 4711",
          "");

  private QueueMail() {}

  /** A small message, due at once. */
  public static Submission submission(String id, Instant at, String... to) {
    byte[] text = ("Subject: " + id + "\r\n\r\nhello\r\n").getBytes(UTF_8);
    return submission(id, at, Envelope.from("ann@shop.example").to(to), text);
  }

  /** A message, due at once. */
  public static Submission submission(String id, Instant at, Envelope envelope, byte[] message) {
    MessageSource source = MessageSource.of(message);
    try {
      return new Submission(
          new SubmissionId(id), envelope, source, MessageFacts.of(source), at, at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Room for everything. */
  public static ClaimRequest everything(Instant now) {
    return new ClaimRequest(now, LEASE, 100_000, 100_000, Set.of());
  }

  /** Room for some. */
  public static ClaimRequest room(Instant now, int most, int mostPerDestination) {
    return new ClaimRequest(now, LEASE, most, mostPerDestination, Set.of());
  }

  /** All of its open recipients were relayed. */
  public static Settlement relayed(Lease lease, Instant at) {
    return ended(lease, Outcome.End.RELAYED, at);
  }

  /** All of its open recipients ended so. */
  public static Settlement ended(Lease lease, Outcome.End end, Instant at) {
    Delivery delivery = lease.delivery();
    List<Outcome> ended =
        delivery.open().stream()
            .map(
                r ->
                    new Outcome(
                        delivery.submission(), r.mailbox(), end, OK, delivery.attempts() + 1, at))
            .toList();
    return new Settlement(lease, ended, Optional.empty(), List.of(), at);
  }

  /** None of its recipients ended; it is due again then. */
  public static Settlement rescheduled(Lease lease, Instant due, Instant at) {
    Settlement.Rest rest = new Settlement.Rest.Rescheduled(lease.delivery().withDue(due));
    return new Settlement(lease, List.of(), Optional.of(rest), List.of(), at);
  }

  /** The same, and the sender is told of the delay. */
  public static Settlement told(Settlement waits) {
    Delivery d = waits.rest().orElseThrow().delivery();
    Delivery told =
        new Delivery(
            d.id(),
            d.submission(),
            d.destination(),
            d.reversePath(),
            d.options(),
            d.open(),
            d.facts(),
            d.queuedAt(),
            d.due(),
            d.attempts(),
            d.uncertain(),
            Optional.of(waits.at()));
    Settlement.Rest rest = new Settlement.Rest.Rescheduled(told);
    return new Settlement(waits.lease(), List.of(), Optional.of(rest), List.of(), waits.at());
  }

  /** The destination of that name. */
  public static Destination to(String domain) {
    return Destination.parse(domain);
  }

  /** The submissions of leases, in their order. */
  public static List<String> ids(List<Lease> leases) {
    return leases.stream().map(l -> l.delivery().submission().value()).toList();
  }

  /** The mailboxes that a delivery has open, in its order. */
  public static List<String> open(Delivery delivery) {
    return delivery.open().stream().map(r -> r.mailbox().toString()).toList();
  }

  /** All bytes of a message. */
  public static byte[] bytes(MessageSource message) {
    try (InputStream in = message.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As many submissions to one domain, {@code prefix-0} and on. */
  public static List<Submission> many(String prefix, int count, Instant at, String domain) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .map(i -> submission(prefix + "-" + i, at, "user" + i + "@" + domain))
        .toList();
  }
}
