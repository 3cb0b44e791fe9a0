package org.mxrelay.smtp.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.smtp.queue.Explanation.Reason;
import org.mxrelay.smtp.queue.Explanation.Waiting;

/** Says what a delivery waits for. Pure. */
final class WhyWaiting {

  private WhyWaiting() {}

  /**
   * @param postponed until when its destination is
   * @param obstacle what else stands in its way
   */
  static Waiting of(
      QueueEntry entry, Instant now, Optional<Instant> postponed, Optional<String> obstacle) {
    return switch (entry.state()) {
      case LEASED ->
          new Waiting(entry, Reason.ATTEMPTED, Optional.empty(), "it is being attempted now");
      case HELD ->
          new Waiting(
              entry,
              Reason.HELD,
              Optional.empty(),
              "held: " + entry.why() + "; release or cancel it");
      case QUEUED -> queued(entry, now, postponed, obstacle);
    };
  }

  private static Waiting queued(
      QueueEntry entry, Instant now, Optional<Instant> postponed, Optional<String> obstacle) {
    Instant due = entry.delivery().due();
    if (!entry.why().isEmpty()) {
      return new Waiting(entry, Reason.ALONE, Optional.empty(), entry.why());
    }
    if (postponed.isPresent() && postponed.get().isAfter(due)) {
      Instant until = postponed.get();
      return new Waiting(
          entry,
          Reason.POSTPONED,
          postponed,
          "none of its exchanges could be reached; nobody tries again before " + at(until, now));
    }
    if (due.isAfter(now)) {
      return new Waiting(
          entry,
          Reason.SCHEDULED,
          Optional.of(due),
          "waits for attempt " + (entry.delivery().attempts() + 1) + " at " + at(due, now));
    }
    String since = "due since " + at(due, now);
    return obstacle
        .map(why -> new Waiting(entry, Reason.NO_ROOM, Optional.empty(), since + ", but " + why))
        .orElseGet(
            () ->
                new Waiting(
                    entry,
                    Reason.ITS_TURN,
                    Optional.of(now),
                    since + "; the next engine with room takes it"));
  }

  /** What is known of a delivery beside what it waits for, a line each. */
  static List<String> facts(Delivery delivery) {
    List<String> lines = new ArrayList<>();
    delivery
        .uncertain()
        .ifPresent(
            u ->
                lines.add(
                    "  "
                        + u.exchange()
                        + " was sent all of it at "
                        + u.at()
                        + " and did not answer: it may have arrived; that exchange is tried"
                        + " first"));
    delivery
        .delayNoticed()
        .filter(at -> delivery.mayBeNoticed())
        .ifPresent(at -> lines.add("  the sender was told of the delay at " + at));
    delivery.open().forEach(open -> lines.add("  " + recipient(open, delivery.attempts())));
    return lines;
  }

  private static String recipient(OpenRecipient open, int attempts) {
    String heard =
        open.last().map(WhyWaiting::heard).orElse("nothing was heard of this recipient yet");
    return open.mailbox()
        + ", "
        + attempts
        + (attempts == 1 ? " attempt: " : " attempts: ")
        + heard;
  }

  private static String heard(Diagnostic last) {
    String words = last.reply().isEmpty() ? last.why() : last.reply();
    String where = last.exchange().isEmpty() ? "" : last.exchange() + " ";
    String stage = last.stage().map(s -> "at " + s.word() + " ").orElse("");
    return where + stage + last.status() + " (" + last.category().word() + "): " + words;
  }

  private static String at(Instant then, Instant now) {
    Duration away = Duration.between(now, then);
    return then
        + (away.isNegative() ? " (" + span(away.negated()) + " ago)" : " (in " + span(away) + ")");
  }

  /** The two greatest units: 2 h 5 min. */
  private static String span(Duration length) {
    if (length.toDays() > 0) {
      return length.toDays() + " d " + length.toHoursPart() + " h";
    }
    if (length.toHours() > 0) {
      return length.toHours() + " h " + length.toMinutesPart() + " min";
    }
    return length.toMinutes() > 0
        ? length.toMinutes() + " min " + length.toSecondsPart() + " s"
        : length.toSeconds() + " s";
  }
}
