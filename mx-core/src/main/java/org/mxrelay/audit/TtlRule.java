package org.mxrelay.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.mxrelay.dns.MxPublication;
import org.mxrelay.dns.MxPublication.Origin;
import org.mxrelay.dns.MxPublication.ServerWord;
import org.mxrelay.dns.PublishedMx;

/** How long the MX records may be kept, and whether the zone's servers agree on them. */
final class TtlRule implements AuditRule {

  static final Duration LEAST = Duration.ofMinutes(5);
  static final Duration MOST = Duration.ofHours(4);
  private static final String ADVISED = "Set 3600 s (one hour) on all MX records.";

  @Override
  public List<Finding> judge(MxPicture picture) {
    MxPublication published = picture.published();
    List<Finding> findings = new ArrayList<>();
    SortedSet<Duration> ttls =
        published.servers().stream()
            .filter(ServerWord::isAuthoritative)
            .flatMap(word -> word.records().stream())
            .map(PublishedMx::ttl)
            .collect(Collectors.toCollection(TreeSet::new));
    published.records().forEach(record -> ttls.add(record.ttl()));
    if (!ttls.isEmpty()) {
      findings.addAll(published.origin() == Origin.AUTHORITY ? set(picture, ttls) : rest(picture));
    }
    findings.addAll(servers(picture));
    return findings;
  }

  private static List<Finding> set(MxPicture picture, SortedSet<Duration> ttls) {
    List<Finding> findings = new ArrayList<>();
    String domain = picture.domain().name();
    if (ttls.first().compareTo(LEAST) < 0) {
      findings.add(
          Finding.warning(
              "ttl-short",
              domain,
              "The MX records may be kept for "
                  + seconds(ttls.first())
                  + " only. Below 300 s every sender asks anew all the time, and a short failure of"
                  + " the DNS stops the mail.",
              ADVISED));
    }
    if (ttls.last().compareTo(MOST) > 0) {
      findings.add(tooLong(domain, "may be kept for " + seconds(ttls.last())));
    }
    if (ttls.size() > 1) {
      findings.add(uneven(domain, ttls));
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              "ttl", domain, "The MX records may be kept for " + seconds(ttls.first()) + "."));
    }
    return findings;
  }

  private static Finding tooLong(String domain, String what) {
    return Finding.warning(
        "ttl-long",
        domain,
        "The MX records "
            + what
            + ". Above 14400 s (four hours) a change of exchanges takes too long to be of help in an"
            + " outage: senders go on trying the old ones.",
        ADVISED);
  }

  private static Finding uneven(String domain, SortedSet<Duration> ttls) {
    return Finding.warning(
        "ttl-uneven",
        domain,
        "The MX records have different times to live: "
            + ttls.stream().map(TtlRule::seconds).collect(Collectors.joining(", "))
            + ". The records of a set must have the same (RFC 2181, 5.2), or a cache may be left"
            + " with part of the exchanges, the backup alone for instance.",
        ADVISED);
  }

  /** A cache counts down: what is left proves nothing against a time that is too short. */
  private static List<Finding> rest(MxPicture picture) {
    String domain = picture.domain().name();
    Duration left =
        picture.published().records().stream()
            .map(PublishedMx::ttl)
            .max(Duration::compareTo)
            .orElseThrow();
    List<Finding> findings = new ArrayList<>();
    if (left.compareTo(MOST) > 0) {
      findings.add(tooLong(domain, "may still be kept for " + seconds(left)));
    }
    findings.add(
        Finding.info(
            "ttl-unknown",
            domain,
            "No server of the zone could be asked"
                + why(picture.published().servers())
                + ". A cache says that "
                + seconds(left)
                + " remain of the time to live; which one was set cannot be told from that.",
            "Run the audit where the zone's servers can be reached, or give one of them as the DNS"
                + " server to ask."));
    return findings;
  }

  private static String why(Collection<ServerWord> words) {
    return words.isEmpty()
        ? ""
        : words.stream()
            .map(word -> word.server() + ": " + word.trouble())
            .collect(Collectors.joining("; ", " (", ")"));
  }

  private static List<Finding> servers(MxPicture picture) {
    MxPublication published = picture.published();
    if (published.origin() != Origin.AUTHORITY) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    for (ServerWord word : published.servers()) {
      if (!word.isAuthoritative()) {
        findings.add(
            Finding.info(
                "name-server",
                word.server(),
                "This server of the zone told nothing: " + word.trouble() + ".",
                "Have it serve the zone, or take it out of the zone's NS records."));
      } else if (!exchanges(word.records()).equals(exchanges(published.records()))) {
        findings.add(disagreement(picture.domain().name(), word));
      }
    }
    return findings;
  }

  private static Finding disagreement(String domain, ServerWord word) {
    return Finding.error(
        "servers-disagree",
        domain,
        "The servers of the zone name different exchanges; "
            + word.server()
            + " names "
            + (word.records().isEmpty() ? "none" : String.join(", ", exchanges(word.records())))
            + ". Where mail goes depends on which of them a sender happens to ask.",
        "Let all servers of the zone load its newest version.");
  }

  private static SortedSet<String> exchanges(List<PublishedMx> records) {
    return records.stream()
        .map(record -> record.preference() + " " + record.exchange())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String seconds(Duration ttl) {
    return ttl.toSeconds() + " s";
  }
}
