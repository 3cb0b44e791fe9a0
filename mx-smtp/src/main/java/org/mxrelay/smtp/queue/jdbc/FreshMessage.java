package org.mxrelay.smtp.queue.jdbc;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;

/**
 * A message that is in the journal and in no table yet.
 *
 * <p>Guarded by the lock of {@link Fresh}.
 */
final class FreshMessage {

  final SubmissionId submission;
  final MessageColumns columns;
  final List<FreshDelivery> deliveries;
  private byte[] bytes;
  private final List<OutcomeColumns> ended = new ArrayList<>();

  /** The epoch of the journal that has it. */
  long epoch;

  /** When it was accepted, by the monotonic clock. */
  long since;

  /** Whether it is on its way into the tables. */
  boolean leaving;

  private FreshMessage(Submission submission, byte[] bytes, Numbers numbers) {
    this.submission = submission.id();
    this.columns = MessageColumns.of(numbers.next(), submission);
    this.bytes = bytes;
    List<FreshDelivery> all = new ArrayList<>(1);
    submission
        .byDestination()
        .values()
        .forEach(
            recipients -> {
              List<OpenRecipient> open = recipients.stream().map(OpenRecipient::of).toList();
              all.add(new FreshDelivery(this, Delivery.first(numbers.next(), submission, open)));
            });
    this.deliveries = List.copyOf(all);
  }

  /** Its times are as exact as the tables keep them. */
  static FreshMessage of(Submission given, byte[] bytes, Numbers numbers) {
    return new FreshMessage(
        new Submission(
            given.id(),
            given.envelope(),
            given.message(),
            given.facts(),
            Micros.instant(Micros.of(given.queuedAt())),
            Micros.instant(Micros.of(given.due()))),
        bytes,
        numbers);
  }

  byte[] bytes() {
    return bytes;
  }

  MessageSource source() {
    byte[] own = bytes;
    return () -> new ByteArrayInputStream(own);
  }

  boolean isEnded() {
    for (FreshDelivery delivery : deliveries) {
      if (delivery.state != FreshDelivery.State.ENDED) {
        return false;
      }
    }
    return true;
  }

  boolean isFor(Destination destination) {
    return deliveries.stream().anyMatch(d -> d.delivery.destination().equals(destination));
  }

  void forEachDestination(Consumer<Destination> action) {
    deliveries.forEach(d -> action.accept(d.delivery.destination()));
  }

  boolean isAnyEnded() {
    return !ended.isEmpty();
  }

  /** Whether the end of one is on its way into the journal. */
  boolean isEnding() {
    return deliveries.stream().anyMatch(d -> d.state == FreshDelivery.State.ENDING);
  }

  /** Of the message's bytes nothing is needed any more when all have ended. */
  void end(FreshDelivery delivery, List<OutcomeColumns> outcomes) {
    delivery.state = FreshDelivery.State.ENDED;
    ended.addAll(outcomes);
    if (isEnded()) {
      bytes = new byte[0];
    }
  }

  Adoption adoption() {
    return new Adoption(
        columns,
        Body.of(bytes),
        deliveries.stream()
            .filter(d -> d.state != FreshDelivery.State.ENDED)
            .map(FreshDelivery::columns)
            .toList(),
        List.copyOf(ended));
  }
}
