package org.mxrelay.examples.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.address.IpAddress;
import org.mxrelay.audit.AuditReport;
import org.mxrelay.audit.ExchangePicture;
import org.mxrelay.audit.Finding;
import org.mxrelay.audit.MxPicture;
import org.mxrelay.audit.PeerTls;
import org.mxrelay.audit.ProbeReport;
import org.mxrelay.audit.ProbeReport.Said;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.AnswerFacts;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxPublication;
import org.mxrelay.dns.MxRecord;
import org.mxrelay.dns.PublishedMx;

class AuditPageTest {

  private static final String HOSTILE = "<script>alert('x')</script>\"&<img src=x onerror=y>";
  private static final Instant NOW = Instant.parse("2026-06-01T08:30:00Z");
  private static final AnswerFacts FACTS =
      new AnswerFacts(NOW, AnswerFacts.Security.UNAUTHENTICATED, List.of());

  /** A report in which every text that a stranger may choose is hostile. */
  private static AuditReport hostile() {
    Said said = new Said(220, HOSTILE);
    PeerTls tls =
        new PeerTls(HOSTILE, List.of(HOSTILE), HOSTILE, NOW, PeerTls.Trust.REFUSED, HOSTILE);
    ProbeReport probe =
        new ProbeReport(
            IpAddress.parse("192.0.2.1"),
            Optional.of(said),
            Optional.of(said),
            ProbeReport.Encryption.ENCRYPTED,
            Optional.of(tls),
            Optional.of(said),
            HOSTILE);
    ExchangePicture exchange =
        new ExchangePicture(
            10,
            new Domain("mx1.example.org"),
            new AddressAnswer.Addresses(List.of(IpAddress.parse("192.0.2.1")), FACTS),
            Optional.of(HOSTILE),
            List.of(probe));
    return report(
        exchange,
        new PublishedMx(10, HOSTILE, PublishedMx.Form.NO_HOST, Duration.ofHours(1)),
        Stream.of(Finding.error("a", HOSTILE, HOSTILE, HOSTILE), Finding.ok("b", HOSTILE, HOSTILE))
            .toList());
  }

  private static AuditReport report(
      ExchangePicture exchange, PublishedMx published, List<Finding> findings) {
    MxPicture picture =
        new MxPicture(
            new Domain("example.org"),
            NOW,
            new MxAnswer.Exchanges(
                List.of(new MxRecord(exchange.preference(), exchange.name())), FACTS),
            new MxPublication(
                HOSTILE,
                MxPublication.Origin.AUTHORITY,
                List.of(published),
                List.of(new MxPublication.ServerWord(HOSTILE, List.of(published), ""))),
            List.of(exchange),
            0,
            Optional.empty());
    return new AuditReport(HOSTILE, NOW, Optional.of(picture), findings);
  }

  @Test
  void textsOfStrangers_areNeverMarkup() {
    String page = new AuditPage(List.of(hostile(), hostile())).html();

    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("<img"), page);
    assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;"), page);
    // What the page itself consists of: nothing that loads or runs.
    assertEquals(0, Pattern.compile("(src|href)=\"(?!#)").matcher(page).results().count());
    assertEquals(0, Pattern.compile("<[^>]* on\\w+=").matcher(page).results().count());
    assertFalse(page.contains("url("), page);
    assertTrue(page.contains("default-src 'none'"), page);
  }

  @Test
  void elements_areBalanced() {
    String page = new AuditPage(List.of(hostile(), hostile())).html();

    for (String element :
        List.of("div", "p", "span", "section", "article", "table", "tbody", "tr", "td", "ul")) {
      assertEquals(count(page, "<" + element + "[ >]"), count(page, "</" + element + ">"), element);
    }
  }

  private static long count(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().count();
  }

  @Test
  void oneDomain_needsNoOverview() {
    assertFalse(new AuditPage(List.of(hostile())).html().contains("Overview"));
    assertTrue(new AuditPage(List.of(hostile(), hostile())).html().contains("Overview"));
  }

  @Test
  void exchange_isColouredByTheWorstThatIsSaidOfIt() {
    Finding weak = Finding.warning("a", "mx1.example.org [192.0.2.1]", "weak.", "do.");
    ExchangePicture exchange =
        new ExchangePicture(
            10,
            new Domain("mx1.example.org"),
            new AddressAnswer.NoAddress(FACTS),
            Optional.empty(),
            List.of());
    PublishedMx published =
        new PublishedMx(10, "mx1.example.org", PublishedMx.Form.HOST, Duration.ofHours(1));

    String page = new AuditPage(List.of(report(exchange, published, List.of(weak)))).html();

    assertTrue(page.contains("<div class=\"box warning\">"), page);
  }

  @Test
  void textThatIsNoDomain_hasASectionToo() {
    AuditReport report =
        new AuditReport(
            "a..b",
            NOW,
            Optional.empty(),
            List.of(Finding.error("no-domain", "a..b", "This is no domain.", "Correct it.")));

    String page = new AuditPage(List.of(report)).html();

    assertTrue(page.contains("Mail is at risk"), page);
    assertTrue(page.contains("1 June 2026, 08:30 UTC"), page);
  }
}
