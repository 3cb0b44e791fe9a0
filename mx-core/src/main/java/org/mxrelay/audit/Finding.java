package org.mxrelay.audit;

import java.util.regex.Pattern;

/**
 * One thing that a rule says of a domain's mail exchangers.
 *
 * <p>Immutable. Its texts are printable: what cannot be seen is a question mark.
 *
 * @param severity how much it matters
 * @param rule the id of what was looked at, the same for each severity: {@code ttl-short}
 * @param subject of what it speaks: the domain, an exchange, an address
 * @param message what is so, and why that matters
 * @param advice what to do; empty if there is nothing to be done
 */
public record Finding(
    Severity severity, String rule, String subject, String message, String advice) {

  private static final Pattern RULE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /**
   * @throws IllegalArgumentException if the rule is not an id, or there is no message
   */
  public Finding {
    if (!RULE.matcher(rule).matches()) {
      throw new IllegalArgumentException("rule of a finding: " + rule);
    }
    if (message.isBlank()) {
      throw new IllegalArgumentException("a finding without a message: " + rule);
    }
    subject = Shown.of(subject);
    message = Shown.of(message);
    advice = Shown.of(advice);
  }

  /** A finding of severity {@link Severity#ERROR}. */
  public static Finding error(String rule, String subject, String message, String advice) {
    return new Finding(Severity.ERROR, rule, subject, message, advice);
  }

  /** A finding of severity {@link Severity#WARNING}. */
  public static Finding warning(String rule, String subject, String message, String advice) {
    return new Finding(Severity.WARNING, rule, subject, message, advice);
  }

  /** A finding of severity {@link Severity#INFO}. */
  public static Finding info(String rule, String subject, String message, String advice) {
    return new Finding(Severity.INFO, rule, subject, message, advice);
  }

  /** A finding of severity {@link Severity#OK}, which needs no advice. */
  public static Finding ok(String rule, String subject, String message) {
    return new Finding(Severity.OK, rule, subject, message, "");
  }
}
