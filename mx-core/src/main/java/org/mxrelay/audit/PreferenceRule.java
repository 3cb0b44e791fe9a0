package org.mxrelay.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether the preferences say what they are meant to say. A provider's own set is its own affair.
 */
final class PreferenceRule implements AuditRule {

  private static final int LEAST_GAP = 10;

  /** Labels, apart from digits, by which people call a host that is meant as a backup. */
  private static final Set<String> BACKUP_WORDS =
      Set.of(
          "backup",
          "bak",
          "bkp",
          "bkup",
          "bu",
          "buffer",
          "emergency",
          "failover",
          "fallback",
          "hold",
          "reserve",
          "sec",
          "second",
          "secondary",
          "spare",
          "spool",
          "standby",
          "store");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[._-]|\\d+");

  @Override
  public List<Finding> judge(MxPicture picture) {
    if (picture.named().size() < 2 || picture.provider().isPresent()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    gap(picture).ifPresent(findings::add);
    equal(picture).ifPresent(findings::add);
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              "preferences",
              picture.domain().name(),
              "The preferences tell the primary from its backup: " + inWords(picture.named())));
    }
    return findings;
  }

  private static Optional<Finding> gap(MxPicture picture) {
    int best = picture.best().get(0).preference();
    Optional<String> provider = picture.best().get(0).provider();
    return picture.backups().stream()
        .filter(exchange -> provider.isEmpty() || !exchange.provider().equals(provider))
        .filter(exchange -> exchange.preference() - best < LEAST_GAP)
        .findFirst()
        .map(
            near ->
                Finding.warning(
                    "preference-gap",
                    near.name().name(),
                    "The preferences "
                        + best
                        + " and "
                        + near.preference()
                        + " are close together. Only their order counts, but where a backup is to"
                        + " stand clearly behind its primary, and a host may have to be put"
                        + " between them in a hurry, a small gap invites mistakes.",
                    "Give the backup a preference of at least "
                        + (best + LEAST_GAP)
                        + ": primary 10, backup 20."));
  }

  private static Optional<Finding> equal(MxPicture picture) {
    List<ExchangePicture> best = picture.best();
    if (best.size() < 2) {
      return Optional.empty();
    }
    String domain = picture.domain().name();
    return evidence(best)
        .map(
            why ->
                Finding.warning(
                    "equal-preferences",
                    domain,
                    "Exchanges of the same preference share the mail at random, and "
                        + why
                        + ": it gets half of the mail at all times, also while the primary is up.",
                    "If it is a backup, give it a preference of at least "
                        + (best.get(0).preference() + LEAST_GAP)
                        + "."))
        .or(
            () ->
                picture.backups().isEmpty() ? Optional.of(shared(domain, best)) : Optional.empty());
  }

  private static Finding shared(String domain, List<ExchangePicture> best) {
    return Finding.info(
        "equal-preferences",
        domain,
        "All exchanges have the same preference, so that they share the mail: "
            + inWords(best)
            + " Right for hosts that do the same work; wrong if one of them is a backup.",
        "If one is a backup, give it a preference of at least "
            + (best.get(0).preference() + LEAST_GAP)
            + ".");
  }

  /** What speaks for one of them being meant as a backup: its name, or who runs it. */
  private static Optional<String> evidence(List<ExchangePicture> best) {
    List<ExchangePicture> called = best.stream().filter(PreferenceRule::isCalledBackup).toList();
    if (!called.isEmpty() && called.size() < best.size()) {
      return Optional.of(called.get(0).name() + " is called a backup by its name");
    }
    List<ExchangePicture> provided = best.stream().filter(e -> e.provider().isPresent()).toList();
    if (!provided.isEmpty() && provided.size() < best.size()) {
      ExchangePicture other =
          best.stream().filter(e -> e.provider().isEmpty()).findFirst().orElseThrow();
      return Optional.of(
          other.name() + " stands beside " + provided.get(0).provider().orElseThrow());
    }
    return Optional.empty();
  }

  private static boolean isCalledBackup(ExchangePicture exchange) {
    String name = exchange.name().name();
    int dot = name.indexOf('.');
    String host = dot < 0 ? name : name.substring(0, dot);
    return BETWEEN_WORDS.splitAsStream(host).anyMatch(BACKUP_WORDS::contains)
        || name.contains("backup");
  }

  private static String inWords(List<ExchangePicture> exchanges) {
    return exchanges.stream()
        .map(e -> e.preference() + " " + e.name())
        .collect(Collectors.joining(", ", "", "."));
  }
}
