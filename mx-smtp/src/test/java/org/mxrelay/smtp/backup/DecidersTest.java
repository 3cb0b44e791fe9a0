package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.Domain;
import org.mxrelay.reply.Reply;
import org.mxrelay.routing.SelfNames;
import org.mxrelay.smtp.backup.Attitude.Course;
import org.mxrelay.smtp.backup.BackupMemory.Memo;
import org.mxrelay.smtp.backup.Known.Freshness;
import org.mxrelay.smtp.backup.Known.Standing;
import org.mxrelay.smtp.backup.RecipientMap.Knowledge;
import org.mxrelay.smtp.backup.StallRule.Sight;
import org.mxrelay.testkit.FakeMxResolver;

/** The pure deciders, by tables. */
class DecidersTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // map, remembered, primary, option, what becomes of the recipient
    "EXISTS, BAD, DOWN, DEFER, Take",
    "MISSING, GOOD, UP, ACCEPT, 550",
    "UNKNOWN, GOOD, DOWN, DEFER, Take",
    "UNKNOWN, GOOD, UP, DEFER, Take",
    "UNKNOWN, BAD, DOWN, ACCEPT, 550",
    "UNKNOWN, BAD, UP, DEFER, 550",
    "UNKNOWN, UNKNOWN, UP, DEFER, Ask",
    "UNKNOWN, UNKNOWN, UNKNOWN, DEFER, Ask",
    "UNKNOWN, UNKNOWN, UP, ACCEPT, Ask",
    "UNKNOWN, UNKNOWN, DOWN, DEFER, 450",
    "UNKNOWN, UNKNOWN, DOWN, ACCEPT, Take",
  })
  void admission_followsTheTable(
      Knowledge map,
      Standing standing,
      PrimaryState state,
      UnknownRecipients option,
      String expected) {
    Reply words = Reply.of(standing == Standing.BAD ? 550 : 250, "as remembered");
    Known known = new Known(standing, words, Freshness.FRESH);

    Admission admission = Admission.decide(map, known, state, option);

    assertEquals(
        expected,
        admission instanceof Admission.Refuse refuse
            ? String.valueOf(refuse.reply().code())
            : admission.getClass().getSimpleName());
  }

  @ParameterizedTest
  @CsvSource({"UP, 9, true", "UP, 10, false", "DOWN, 0, false", "UNKNOWN, 0, false"})
  void primaryThatIsBack_hasTenMinutesBeforeSendersAreToldOfDelays(
      PrimaryState state, int minutes, boolean expected) {
    Instant since = NOW.minus(Duration.ofMinutes(minutes));
    PrimaryStatus status = new PrimaryStatus("mx1", state, since, "", Optional.empty());

    assertEquals(expected, LateNotices.isCatchingUp(status, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPT, UP, -1, SERVE",
    "DEFER, UP, -1, SEND_AWAY",
    "DEFER, UP, 0, SEND_AWAY",
    "DEFER, UP, 14, SEND_AWAY",
    "DEFER, UP, 15, SERVE",
    "DEFER, DOWN, -1, SERVE",
    "DEFER, UNKNOWN, -1, SERVE",
  })
  void attitude_followsTheTable(
      WhenPrimaryUp option, PrimaryState state, int minutesAgo, Course expected) {
    Optional<Instant> seen =
        Optional.of(minutesAgo).filter(m -> m >= 0).map(m -> NOW.minus(Duration.ofMinutes(m)));

    assertEquals(
        expected,
        Attitude.decide(option, state, seen, new Attitude.Moment(NOW, Duration.ofMinutes(15))));
  }

  @ParameterizedTest
  @CsvSource({
    "DOWN, 0, 5",
    "DOWN, 60, 5",
    "DOWN, 120, 10",
    "DOWN, 719, 59",
    "DOWN, 720, 60",
    "DOWN, 864000, 60",
    "UP, 5, 60",
    "UNKNOWN, 5, 0",
  })
  void probes_slowDownFrom5To60Seconds(PrimaryState state, int inState, int expected) {
    assertEquals(expected, ProbeSchedule.after(state, Duration.ofSeconds(inState)).toSeconds());
  }

  @ParameterizedTest
  @CsvSource({
    // minutes ago: up since, oldest since, last relayed; -1 for none
    "-1, 60, -1, false", // down: no stall
    "60, -1, -1, false", // nothing waits
    "60, 60, -1, true",
    "15, 60, -1, true",
    "14, 60, -1, false", // just back
    "60, 14, -1, false", // just accepted
    "60, 60, 14, false", // it flows
    "60, 60, 16, true",
  })
  void stall_followsTheTable(int up, int oldest, int relayed, boolean expected) {
    Sight sight = new Sight(ago(up), ago(oldest), ago(relayed));

    assertEquals(expected, StallRule.why(sight, Duration.ofMinutes(15), NOW).isPresent());
  }

  private static Optional<Instant> ago(int minutes) {
    return minutes < 0 ? Optional.empty() : Optional.of(NOW.minus(Duration.ofMinutes(minutes)));
  }

  @ParameterizedTest
  @CsvSource({
    // what was remembered, hours ago, what it is now
    "250 2.1.5 Ok, 0, GOOD, FRESH",
    "250 2.1.5 Ok, 167, GOOD, FRESH",
    "250 2.1.5 Ok, 168, GOOD, STALE",
    "250 2.1.5 Ok, 743, GOOD, STALE",
    "250 2.1.5 Ok, 744, UNKNOWN, FRESH",
    "550 5.1.1 who?, 2, BAD, FRESH",
    "550 5.1.1 who?, 3, BAD, STALE",
    "550 5.1.1 who?, 71, BAD, STALE",
    "550 5.1.1 who?, 72, UNKNOWN, FRESH",
    "garbage, 0, UNKNOWN, FRESH",
    "'', 0, UNKNOWN, FRESH",
  })
  void memory_agesAsPostfixsVerifyDoes(
      String text, int hoursAgo, Standing standing, Freshness freshness) {
    Memo memo = new Memo(text, NOW.minus(Duration.ofHours(hoursAgo)), NOW);

    Known known = Known.read(Optional.of(memo), VerificationTimes.POSTFIX, NOW);

    assertEquals(standing, known.standing());
    assertEquals(freshness, known.freshness());
  }

  @Test
  void memory_keepsThePrimarysWordsAndNothingOfTransientOnes() {
    Reply refusal = Reply.of(550, "5.1.1 no such user here");
    Optional<Memo> memo = Known.write(refusal, VerificationTimes.POSTFIX, NOW);

    assertEquals(refusal, Known.read(memo, VerificationTimes.POSTFIX, NOW).words());
    assertEquals(
        Optional.empty(),
        Known.write(Reply.of(450, "4.2.0 greylisted"), VerificationTimes.POSTFIX, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "10 mx1.example.org|20 mx2.example.org, ''",
    "10 mx1.example.org|10 mx3.example.org|20 mx2.example.org, ''",
    "10 mx1.example.org, none of the exchanges of example.org is ours: 10 mx1.example.org",
    "10 mx2.example.org|20 mx1.example.org, no exchange of example.org is better than ours: 10"
        + " mx2.example.org; 20 mx1.example.org",
    "10 mx2.example.org|10 mx1.example.org, no exchange of example.org is better than ours: 10"
        + " mx2.example.org; 10 mx1.example.org",
    "0 ., example.org takes no mail (null MX)",
    "SERVFAIL, ''",
  })
  void startCheck_saysWhyWeAreNoBackup(String records, String expected)
      throws InterruptedException {
    StringBuilder zone = new StringBuilder();
    for (String record : records.split("\\|")) {
      zone.append("example.org MX ").append(record).append('\n');
    }

    Optional<String> why = why(zone.toString());

    assertEquals(expected, why.orElse("").replace(", ", "; "));
  }

  @Test
  void startCheck_wantsAnMxRecord() throws InterruptedException {
    assertEquals("example.org has no MX record", why("example.org EXISTS").orElseThrow());
    assertEquals("example.org does not exist", why("other.example EXISTS").orElseThrow());
  }

  private static Optional<String> why(String zone) throws InterruptedException {
    Domain domain = Domain.of("example.org");
    try (FakeMxResolver dns = FakeMxResolver.of(zone)) {
      return StartCheck.why(
          domain, dns.exchanges(domain), SelfNames.of(java.util.List.of("mx2.example.org")));
    }
  }

  @Test
  void network_isA24OrA64() {
    assertEquals("192.0.2.0", Sightings.network(BackupRig.address("192.0.2.77")));
    assertEquals(
        Sightings.network(BackupRig.address("2001:db8:1:2::1")),
        Sightings.network(BackupRig.address("2001:db8:1:2:3:4:5:6")));
  }

  @ParameterizedTest
  @CsvSource({"X-Spam:, x", "X Spam, x", "'', x", "X-Spam, a|b", "X-Spam, a|| b"})
  void headerField_isNeverTwo(String name, String value) {
    String text = value.replace("|", "\r\n");
    assertThrows(IllegalArgumentException.class, () -> new HeaderField(name, text));
  }

  @Test
  void receivedField_isNotEndedByWhatAClientSays() {
    ClientFacts client =
        new ClientFacts(
            BackupRig.address("2001:db8::7"),
            Optional.empty(),
            "x)(evil;",
            ClientFacts.Protocol.ESMTPS);

    assertEquals(
        "Received: from x??evil? ([IPv6:2001:db8::7])\r\n"
            + "\tby mx2.example.org with ESMTPS id 4711;\r\n"
            + "\tSun, 1 Mar 2026 00:00:00 +0000\r\n",
        ReceivedField.of(client, "mx2.example.org", "4711", NOW).toString());
  }

  @Test
  void rate_isThatOfTheLastFiveMinutes() {
    Forwarding forwarding = new Forwarding();
    for (int i = 0; i < 10; i++) {
      forwarding.relayed(NOW);
    }

    assertEquals(2.0, forwarding.perMinute(NOW));
    assertEquals(2.0, forwarding.perMinute(NOW.plusSeconds(299)));
    assertEquals(0.0, forwarding.perMinute(NOW.plusSeconds(300)));
  }
}
