package org.mxrelay.audit;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxrelay.address.Domain;
import org.mxrelay.address.IpAddress;
import org.mxrelay.audit.PeerTls.Trust;
import org.mxrelay.audit.ProbeReport.Encryption;
import org.mxrelay.audit.ProbeReport.Said;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.AnswerFacts;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxPublication;
import org.mxrelay.dns.MxPublication.Origin;
import org.mxrelay.dns.MxPublication.ServerWord;
import org.mxrelay.dns.MxRecord;
import org.mxrelay.dns.PublishedMx;
import org.mxrelay.tls.DaneStatus;
import org.mxrelay.tls.StsPolicy;
import org.mxrelay.tls.StsStatus;

/** Pictures of example.org for the rules to judge. */
final class Pictures {

  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  static final Domain EXAMPLE = new Domain("example.org");

  private static final AnswerFacts FACTS =
      new AnswerFacts(NOW, AnswerFacts.Security.UNAUTHENTICATED, List.of());

  private final List<ExchangePicture> exchanges = new ArrayList<>();
  private List<ServerWord> servers = List.of();
  private Optional<StsStatus> sts = Optional.empty();
  private int unseen;

  /** Adds an exchange with its addresses, and what it said at the first of them. */
  Pictures exchange(int preference, String name, List<String> addresses, ProbeReport... probes) {
    List<InetAddress> parsed = addresses.stream().map(IpAddress::parse).toList();
    AddressAnswer answer =
        parsed.isEmpty()
            ? new AddressAnswer.NoAddress(FACTS)
            : new AddressAnswer.Addresses(parsed, FACTS);
    exchanges.add(
        new ExchangePicture(
            preference, new Domain(name), answer, Optional.empty(), List.of(probes)));
    return this;
  }

  /** The last exchange has that in the DNS. */
  Pictures dane(DaneStatus status) {
    ExchangePicture e = exchanges.remove(exchanges.size() - 1);
    exchanges.add(
        new ExchangePicture(
            e.preference(), e.name(), e.answer(), e.alias(), Optional.of(status), e.probes()));
    return this;
  }

  Pictures unseen(int further) {
    unseen = further;
    return this;
  }

  Pictures servers(ServerWord... words) {
    servers = List.of(words);
    return this;
  }

  Pictures policy(StsPolicy.Mode mode, String... mx) {
    StsPolicy policy = new StsPolicy(mode, List.of(mx), Duration.ofDays(7));
    sts = Optional.of(new StsStatus(StsStatus.Announcement.ANNOUNCED, Optional.of(policy), ""));
    return this;
  }

  MxPicture done() {
    List<MxRecord> records =
        exchanges.stream().map(e -> new MxRecord(e.preference(), e.name())).toList();
    return new MxPicture(
        EXAMPLE,
        NOW,
        new MxAnswer.Exchanges(records, FACTS),
        new MxPublication(EXAMPLE.name(), Origin.AUTHORITY, published(), servers),
        exchanges,
        unseen,
        sts);
  }

  private List<PublishedMx> published() {
    return exchanges.stream().map(e -> mx(e.preference(), e.name().name(), 3600)).toList();
  }

  static PublishedMx mx(int preference, String exchange, long ttl) {
    return new PublishedMx(preference, exchange, PublishedMx.Form.HOST, Duration.ofSeconds(ttl));
  }

  /** An exchange that answers, encrypted by that, and may have been asked for a stranger. */
  static ProbeReport open(String address, PeerTls tls, Said... stranger) {
    return new ProbeReport(
        IpAddress.parse(address),
        Optional.of(new Said(220, "mx ESMTP")),
        Optional.of(new Said(250, "mx")),
        Encryption.ENCRYPTED,
        Optional.of(tls),
        Stream.of(stranger).findFirst(),
        "");
  }

  static PeerTls tls(String name, String until, Trust trust) {
    return new PeerTls(
        "TLSv1.3",
        List.of(name),
        "CN=Authority",
        Instant.parse(until),
        trust,
        trust == Trust.REFUSED ? "no path to an authority" : "");
  }

  /** The findings apart from those that say that all is well: {@code WARNING ttl-short}. */
  static List<String> judged(AuditRule rule, MxPicture picture) {
    return rule.judge(picture).stream()
        .filter(finding -> finding.severity() != Severity.OK)
        .map(finding -> finding.severity() + " " + finding.rule())
        .toList();
  }
}
