package org.mxrelay.examples.audit;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mxrelay.address.IpAddress;
import org.mxrelay.audit.AuditReport;
import org.mxrelay.audit.ExchangePicture;
import org.mxrelay.audit.Finding;
import org.mxrelay.audit.MxPicture;
import org.mxrelay.audit.ProbeReport;
import org.mxrelay.audit.Severity;
import org.mxrelay.examples.page.Html;
import org.mxrelay.tls.DaneStatus.Standing;

/**
 * Who is tried when: a column for each preference, a box for each exchange, coloured by the worst
 * that is said of it. Immutable.
 *
 * @param report what is said
 * @param picture what was found
 */
record ExchangeMap(AuditReport report, MxPicture picture) {

  private static final int MOST_ADDRESSES = 6;

  void write(Html page) {
    if (picture.exchanges().isEmpty()) {
      return;
    }
    TreeMap<Integer, List<ExchangePicture>> tiers =
        picture.exchanges().stream()
            .collect(
                Collectors.groupingBy(
                    ExchangePicture::preference, TreeMap::new, Collectors.toList()));
    page.open("div", "map");
    page.open("div", "tier from").put("p", "step", "Mail for").put("p", "box", report.domain());
    page.close("div");
    int step = 0;
    for (Map.Entry<Integer, List<ExchangePicture>> tier : tiers.entrySet()) {
      tier(page, ++step, tier);
    }
    page.close("div");
  }

  private void tier(Html page, int step, Map.Entry<Integer, List<ExchangePicture>> tier) {
    page.open("div", "tier");
    page.open("p", "step").put("b", "", order(step));
    page.put("span", "", caption(tier.getKey(), tier.getValue().size())).close("p");
    tier.getValue().forEach(exchange -> box(page, exchange));
    page.close("div");
  }

  private static String order(int step) {
    return switch (step) {
      case 1 -> "First";
      case 2 -> "If that fails";
      default -> "Then";
    };
  }

  private String caption(int preference, int size) {
    if (picture.named().isEmpty()) {
      return "no MX record: the domain itself";
    }
    return "preference " + preference + (size > 1 ? ", shared" : "");
  }

  private void box(Html page, ExchangePicture exchange) {
    page.open("div", "box " + Verdict.kind(worst(exchange)));
    page.put("p", "name", exchange.name().name());
    exchange.alias().ifPresent(target -> page.put("p", "address", "alias of " + target));
    List<InetAddress> addresses = exchange.addresses();
    addresses.stream()
        .limit(MOST_ADDRESSES)
        .forEach(address -> page.put("p", "address", IpAddress.format(address)));
    if (addresses.size() > MOST_ADDRESSES) {
      page.put("p", "address", addresses.size() - MOST_ADDRESSES + " more");
    } else if (addresses.isEmpty()) {
      page.put("p", "address", "no address");
    }
    badges(page, exchange);
    page.close("div");
  }

  private static void badges(Html page, ExchangePicture exchange) {
    page.open("p", "badges");
    exchange.provider().ifPresent(provider -> page.put("span", "badge plain", provider));
    if (!exchange.probes().isEmpty()) {
      boolean answers = exchange.probes().stream().anyMatch(ProbeReport::isOpen);
      page.put("span", "badge plain", answers ? "answers" : "does not answer");
      if (answers) {
        boolean encrypts = exchange.probes().stream().anyMatch(p -> p.tls().isPresent());
        page.put("span", "badge plain", encrypts ? "TLS" : "no TLS");
      }
    }
    exchange
        .dane()
        .filter(status -> status.standing() == Standing.PRESENT)
        .ifPresent(status -> page.put("span", "badge plain", "DANE"));
    page.close("p");
  }

  private Severity worst(ExchangePicture exchange) {
    String name = exchange.name().name();
    return report.findings().stream()
        .filter(finding -> isOf(name, finding))
        .map(Finding::severity)
        .min(Comparator.naturalOrder())
        .orElse(Severity.OK);
  }

  /** Of the exchange as a whole, or of one of its addresses. */
  private static boolean isOf(String name, Finding finding) {
    return finding.subject().equals(name) || finding.subject().startsWith(name + " [");
  }
}
