package org.mxrelay.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.PublishedMx;

/** Whether what the MX records name can be hosts. */
final class ExchangeNameRule implements AuditRule {

  @Override
  public List<Finding> judge(MxPicture picture) {
    List<Finding> findings = new ArrayList<>();
    for (PublishedMx record : once(picture.published().records())) {
      switch (record.form()) {
        case ADDRESS -> findings.add(literal(picture, record));
        case NO_HOST -> findings.add(noHost(picture, record));
        case HOST -> underscore(record, findings);
        case NULL -> {} // MxSetRule speaks of it
      }
    }
    findings.addAll(repeated(picture.published().records()));
    if (findings.isEmpty() && picture.answer() instanceof MxAnswer.Exchanges) {
      findings.add(
          Finding.ok("exchange-name", picture.domain().name(), "All exchanges have proper names."));
    }
    return findings;
  }

  private static List<PublishedMx> once(List<PublishedMx> records) {
    Set<String> seen = new HashSet<>();
    return records.stream().filter(record -> seen.add(record.exchange())).toList();
  }

  private static Finding literal(MxPicture picture, PublishedMx record) {
    return Finding.error(
        "exchange-ip-literal",
        record.exchange(),
        "The record names an IP address. An MX record must name a host (RFC 1035, 3.3.9); senders"
            + " look for a host of that name and find none."
            + onlyOne(picture),
        "Give the address a name, and name that: mx1."
            + picture.domain()
            + ". A "
            + record.exchange());
  }

  private static Finding noHost(MxPicture picture, PublishedMx record) {
    return Finding.error(
        "exchange-not-a-host",
        record.exchange(),
        "The record names something that can be no host's name: only letters, digits, hyphens and"
            + " dots may stand in it (RFC 1123, 2.1). Senders ignore the record."
            + onlyOne(picture),
        "Correct the name.");
  }

  private static String onlyOne(MxPicture picture) {
    return picture.named().isEmpty() ? " No other exchange is left: no mail arrives." : "";
  }

  private static void underscore(PublishedMx record, List<Finding> findings) {
    if (record.exchange().contains("_")) {
      findings.add(
          Finding.warning(
              "exchange-underscore",
              record.exchange(),
              "The name has an underscore, which host names may not have (RFC 1123, 2.1). Some"
                  + " senders refuse it, and no public authority issues a certificate for it.",
              "Give the host a name of letters, digits and hyphens."));
    }
  }

  private static List<Finding> repeated(List<PublishedMx> records) {
    Set<String> seen = new HashSet<>();
    Set<String> again = new LinkedHashSet<>();
    records.stream().map(PublishedMx::exchange).filter(e -> !seen.add(e)).forEach(again::add);
    return again.stream().map(ExchangeNameRule::repeated).toList();
  }

  private static Finding repeated(String exchange) {
    return Finding.warning(
        "exchange-repeated",
        exchange,
        "The exchange is named more than once. Trying the same host again is no second chance;"
            + " only the best of its preferences counts.",
        "Keep one record for it.");
  }
}
