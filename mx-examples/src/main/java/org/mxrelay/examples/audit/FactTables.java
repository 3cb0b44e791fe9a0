package org.mxrelay.examples.audit;

import java.util.List;
import java.util.Locale;
import org.mxrelay.address.IpAddress;
import org.mxrelay.audit.ExchangePicture;
import org.mxrelay.audit.MxPicture;
import org.mxrelay.audit.PeerTls;
import org.mxrelay.audit.ProbeReport;
import org.mxrelay.audit.ProbeReport.Said;
import org.mxrelay.dns.MxPublication;
import org.mxrelay.dns.MxPublication.Origin;
import org.mxrelay.dns.MxPublication.ServerWord;
import org.mxrelay.dns.PublishedMx;
import org.mxrelay.examples.page.Html;
import org.mxrelay.tls.StsPolicy;

/**
 * What the findings rest on. Immutable.
 *
 * @param picture what was found
 */
record FactTables(MxPicture picture) {

  void write(Html page) {
    boolean probed = picture.exchanges().stream().anyMatch(e -> !e.probes().isEmpty());
    if (picture.published().records().isEmpty() && !probed) {
      return;
    }
    page.put("h3", "", "What this rests on");
    records(page);
    if (probed) {
      sessions(page);
    }
  }

  private void records(Html page) {
    MxPublication published = picture.published();
    if (published.records().isEmpty()) {
      return;
    }
    page.open("table", "facts");
    page.markup("<thead><tr><th class=\"number\">Preference</th><th>Exchange</th>");
    page.markup("<th class=\"number\">Time to live</th></tr></thead>\n<tbody>");
    for (PublishedMx record : published.records()) {
      page.open("tr", "").put("td", "number", String.valueOf(record.preference()));
      page.put("td", "name", record.exchange());
      page.put("td", "number", record.ttl().toSeconds() + " s").close("tr");
    }
    page.close("tbody").close("table");
    page.put("p", "small", told(published) + policy());
  }

  private static String told(MxPublication published) {
    List<String> servers =
        published.servers().stream()
            .filter(ServerWord::isAuthoritative)
            .map(ServerWord::server)
            .toList();
    return published.origin() == Origin.AUTHORITY
        ? "Told with authority by " + String.join(", ", servers) + "."
        : "Told by a cache, which shows only what is left of the time to live.";
  }

  private String policy() {
    return picture
        .sts()
        .flatMap(status -> status.policy())
        .map(policy -> " MTA-STS policy: " + words(policy) + ".")
        .orElse("");
  }

  private static String words(StsPolicy policy) {
    return policy.mode().name().toLowerCase(Locale.ROOT)
        + (policy.mx().isEmpty() ? "" : ", " + String.join(", ", policy.mx()))
        + ", for "
        + policy.maxAge().toSeconds()
        + " s";
  }

  private void sessions(Html page) {
    page.open("table", "facts");
    page.markup("<thead><tr><th>Address</th><th>Greeting</th><th>TLS</th><th>Certificate</th>");
    page.markup("<th>Unknown recipient</th></tr></thead>\n<tbody>");
    for (ExchangePicture exchange : picture.exchanges()) {
      exchange.probes().forEach(probe -> session(page, exchange, probe));
    }
    page.close("tbody").close("table");
  }

  private static void session(Html page, ExchangePicture exchange, ProbeReport probe) {
    page.open("tr", "").open("td", "name").text(exchange.name().name()).markup("<br>");
    page.put("small", "", IpAddress.format(probe.address())).close("td");
    page.put("td", "said", probe.greeting().map(Said::toString).orElse(probe.trouble()));
    page.put("td", "", probe.tls().map(PeerTls::protocol).orElse("none"));
    page.put("td", "said", probe.tls().map(FactTables::certificate).orElse(""));
    page.put("td", "said", probe.stranger().map(Said::toString).orElse("not asked")).close("tr");
  }

  private static String certificate(PeerTls tls) {
    String until = tls.validUntil().toString().substring(0, 10);
    return (tls.names().isEmpty() ? "no name" : String.join(", ", tls.names()))
        + ", until "
        + until
        + switch (tls.trust()) {
          case VERIFIED -> ", verified";
          case REFUSED -> ", not verified";
          case UNKNOWN -> "";
        };
  }
}
