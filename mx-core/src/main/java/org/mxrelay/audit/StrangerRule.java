package org.mxrelay.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.audit.ProbeReport.Said;

/**
 * Whether a backup accepts recipients that the primary refuses: then spammers prefer it, and it has
 * to bounce to forged senders what the primary refuses later.
 */
final class StrangerRule implements AuditRule {

  private static final String RULE = "spam-magnet";

  @Override
  public List<Finding> judge(MxPicture picture) {
    List<Said> primary = picture.best().stream().flatMap(e -> said(e).stream()).toList();
    boolean asked = picture.exchanges().stream().anyMatch(e -> said(e).isPresent());
    if (!asked) {
      return List.of();
    } else if (primary.stream().anyMatch(Said::isPositive)) {
      return List.of(acceptsAll(picture, primary));
    } else if (primary.stream().noneMatch(Said::isPermanent)) {
      return List.of(undecided(picture, primary));
    }
    return backups(picture, primary.get(0));
  }

  private static List<Finding> backups(MxPicture picture, Said primary) {
    List<Finding> findings = new ArrayList<>();
    for (ExchangePicture backup : picture.backups()) {
      said(backup)
          .filter(Said::isPositive)
          .ifPresent(said -> findings.add(magnet(backup, said, primary)));
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              RULE,
              picture.domain().name(),
              "A recipient that cannot exist is refused: \"" + primary + "\"."));
    }
    return findings;
  }

  private static Finding magnet(ExchangePicture backup, Said said, Said primary) {
    return Finding.error(
        RULE,
        backup.name().name(),
        "The backup accepts a recipient that cannot exist (\""
            + said
            + "\"), which the primary refuses (\""
            + primary
            + "\"). Spammers look for that: they come to the backup first, and what it cannot hand"
            + " over it bounces to forged senders.",
        "Give the backup the list of recipients, or let it ask the primary (recipient verification);"
            + " or remove it.");
  }

  private static Finding acceptsAll(MxPicture picture, List<Said> primary) {
    Said said = primary.stream().filter(Said::isPositive).findFirst().orElseThrow();
    return Finding.info(
        RULE,
        picture.domain().name(),
        "The primary itself accepts a recipient that cannot exist (\""
            + said
            + "\"): the domain takes everything, or refuses only after the message. Whether a backup"
            + " is laxer cannot be told.",
        "Refuse unknown recipients at RCPT, if the domain does not mean to take everything.");
  }

  private static Finding undecided(MxPicture picture, List<Said> primary) {
    return Finding.info(
        RULE,
        picture.domain().name(),
        primary.isEmpty()
            ? "The primary could not be asked, so that the backups' answers say nothing."
            : "The primary put the question off (\"" + primary.get(0) + "\"), as greylisting does.",
        "Ask again later.");
  }

  private static Optional<Said> said(ExchangePicture exchange) {
    return exchange.probes().stream().flatMap(p -> p.stranger().stream()).findFirst();
  }
}
