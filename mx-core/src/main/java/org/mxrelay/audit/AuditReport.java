package org.mxrelay.audit;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an audit says of a domain.
 *
 * <p>Immutable.
 *
 * @param domain as it was asked for, printable
 * @param at when
 * @param picture what was found; nothing if the text is no domain
 * @param findings what is said of it, the worst first
 */
public record AuditReport(
    String domain, Instant at, Optional<MxPicture> picture, List<Finding> findings) {

  public AuditReport {
    domain = Shown.of(domain);
    findings = findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
  }

  /** The severity of its worst finding; {@link Severity#OK} if there is none. */
  public Severity worst() {
    return findings.stream()
        .map(Finding::severity)
        .min(Comparator.naturalOrder())
        .orElse(Severity.OK);
  }

  /** The findings of that severity. */
  public List<Finding> of(Severity severity) {
    return findings.stream().filter(f -> f.severity() == severity).toList();
  }
}
