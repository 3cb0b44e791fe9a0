package org.mxrelay.examples.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudyTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration TWO_DAYS = Duration.ofDays(2);
  private static final Duration WEEK = Duration.ofDays(7);

  private static Study.Options options(int messages, long seed) {
    Study.Options standard = Study.Options.STANDARD;
    return new Study.Options(
        messages,
        List.of(HOUR, TWO_DAYS, WEEK),
        standard.between(),
        standard.over(),
        standard.mix(),
        standard.assumptions(),
        seed);
  }

  private static Study study(int messages, long seed) throws InterruptedException {
    return Study.of(options(messages, seed), cell -> {});
  }

  private static List<String> figures(Study study) {
    return study.cells().stream()
        .map(c -> c.wanted() + " " + c.spam() + " " + c.delays().quantile(0.5) + c.senders())
        .toList();
  }

  @Test
  void sameSeed_givesTheSameFigures() throws InterruptedException {
    List<String> once = figures(study(400, 7));

    assertEquals(once, figures(study(400, 7)));
    assertNotEquals(once, figures(study(400, 8)));
  }

  @Test
  void threeClaims_holdInTheSimulation() throws InterruptedException {
    Study study = study(4_000, 1);

    // Senders who try again: an hour costs nothing but what is tried once.
    assertTrue(wanted(study, Setup.NONE, HOUR).lostShare() < 0.02);
    assertTrue(wanted(study, Setup.NONE, TWO_DAYS).lostShare() > 0.15);
    assertEquals(0, wanted(study, Setup.LOOSE, TWO_DAYS).lost());
    // A queue of five days is no help in an outage of seven; one of fourteen is.
    assertTrue(wanted(study, Setup.LOOSE, WEEK).lostShare() > 0.2);
    assertTrue(wanted(study, Setup.GATEWAY, WEEK).lostShare() < 0.08);
    // Spam: a gateway that asks lets no more in than the primary alone.
    double alone = cell(study, Setup.NONE, HOUR).spam().passedShare();
    assertEquals(alone, cell(study, Setup.GATEWAY, HOUR).spam().passedShare(), 0.002);
    assertTrue(cell(study, Setup.LOOSE, HOUR).spam().passedShare() > 1.4 * alone);
    assertEquals(0, cell(study, Setup.GATEWAY, HOUR).spam().backscatterShare());
    // Delay: without a backup the sender knows.
    assertEquals(0, wanted(study, Setup.NONE, TWO_DAYS).silent());
    assertTrue(wanted(study, Setup.LOOSE, TWO_DAYS).silentShare() > 0.8);
    Duration minute = Duration.ofSeconds(120);
    assertTrue(cell(study, Setup.GATEWAY, HOUR).afterReturn().quantile(0.5).compareTo(minute) < 0);
  }

  private static Cell cell(Study study, Setup setup, Duration length) {
    return study.cell(setup, length).orElseThrow();
  }

  private static Cell.Wanted wanted(Study study, Setup setup, Duration length) {
    return cell(study, setup, length).wanted();
  }

  @Test
  void page_isCompleteInItselfAndSaysHowItWasMade() throws InterruptedException {
    Study study = study(200, 1);

    String page = new OutagePage(study, "mx outage --seed '<1>'").html();

    assertTrue(page.contains("mx outage --seed &#39;&lt;1&gt;&#39;"), "escaped");
    assertTrue(page.contains(new Answers(study).needed().substring(0, 20)));
    assertEquals(4, page.split("<svg ", -1).length - 1, "pictures");
    for (String outside : List.of("<script", "<link", "<img", "url(", " src=")) {
      assertFalse(page.contains(outside), outside);
    }
  }

  @Test
  void optionOutOfRange_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> options(1, 1));
    assertThrows(IllegalArgumentException.class, () -> Mix.parse("postfix=0"));
    assertThrows(IllegalArgumentException.class, () -> Mix.parse("nobody=1"));
    assertThrows(IllegalArgumentException.class, () -> Assumptions.STANDARD.withSpam(1.1));
  }

  @Test
  void mix_keepsItsShares() {
    Mix mix = Mix.parse("postfix=1,script=3");

    assertEquals(SenderKinds.POSTFIX, mix.at(0.2));
    assertEquals(SenderKinds.SCRIPT, mix.at(0.3));
    assertEquals(0.75, mix.part(mix.shares().get(1)));
  }
}
