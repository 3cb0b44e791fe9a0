package org.mxrelay.examples.outage;

import java.time.Duration;
import org.mxrelay.examples.outage.Primary.Client;
import org.mxrelay.examples.outage.SenderKind.Manner;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetryPresets;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.routing.Fallthrough;
import org.mxrelay.smtp.backup.PrimaryState;

/**
 * The backup: what it takes, and how it passes that on.
 *
 * <p>Confined to one thread.
 */
final class Backup {

  /** A mail server with Postfix's defaults, which know no jitter. */
  static final SenderKind MAIL_SERVER =
      new SenderKind(
          "backup",
          "the backup",
          RetryPresets.POSTFIX.withSchedule(RetrySchedule.parse("exp:5m,4000s,2,0")),
          Fallthrough.ANY,
          Manner.CAREFUL);

  /** Holds for 14 days, and tries again every minute once the primary is back. */
  private static final RetryPolicy PATIENT =
      RetryPresets.POSTFIX
          .withSchedule(RetrySchedule.list(Duration.ofMinutes(1)))
          .withExpiry(Duration.ofDays(14));

  private static final SenderKind HOLDER =
      new SenderKind("gateway", "the gateway", PATIENT, Fallthrough.STANDARD, Manner.CAREFUL);

  private final Setup setup;
  private final Primary primary;
  private final Onward onward;
  private final Release release;

  /** Where what it took goes: into its queue, to be tried first at that time. */
  @FunctionalInterface
  interface Onward {
    void pass(Parcel parcel, long first);
  }

  Backup(Setup setup, Primary primary, Onward onward) {
    this.setup = setup;
    this.primary = primary;
    this.onward = onward;
    this.release = new Release(primary.outages());
  }

  Said hear(Story story, long now) {
    boolean down = primary.outages().isDown(now);
    if (setup == Setup.GATEWAY && !down) {
      Said answer = primary.hear(story, Client.ITS_SENDER, now);
      return answer.answer() == Fallthrough.Answer.UNCERTAIN ? Said.NOT_HEARD : answer;
    }
    Said said = intake().admit(story.letter(), down ? PrimaryState.DOWN : PrimaryState.UP);
    if (said.isTaken()) {
      take(story, now);
    }
    return said;
  }

  private Intake intake() {
    return switch (setup) {
      case NONE -> throw new IllegalStateException("there is no backup");
      case LOOSE -> Intake.EVERYTHING;
      case VERIFYING -> Intake.KNOWN_RECIPIENTS;
      case GATEWAY -> Intake.FILTERED;
    };
  }

  private void take(Story story, long now) {
    if (setup == Setup.GATEWAY) {
      Parcel parcel = new Parcel(story, HOLDER, Client.A_BACKUP, now);
      long back = release.next(primary.outages().at(now));
      onward.pass(parcel, Math.min(back, now + PATIENT.expiry().toMillis()));
    } else {
      onward.pass(new Parcel(story, MAIL_SERVER, Client.A_BACKUP, now), now);
    }
  }
}
