package org.mxrelay.reply;

/**
 * What a reply means: the verdict decides, the category explains.
 *
 * <p>Immutable.
 *
 * @param verdict what it means for the recipient
 * @param category why, as far as the reply tells
 * @param status the enhanced status code for reports, its class that of the verdict
 * @param rule the name of the rule that decided, for people who ask why
 */
public record Judgement(
    Verdict verdict, Category category, EnhancedStatusCode status, String rule) {

  /** A transient judgement without a better status than 4.0.0. */
  public static Judgement temporary(Category category, String rule) {
    return new Judgement(Verdict.TRANSIENT, category, new EnhancedStatusCode(4, 0, 0), rule);
  }

  /** A permanent judgement without a better status than 5.0.0. */
  public static Judgement permanent(Category category, String rule) {
    return new Judgement(Verdict.PERMANENT, category, new EnhancedStatusCode(5, 0, 0), rule);
  }

  /**
   * What no usable reply at all means: transient, network, 4.4.2 (4.4.1 where nothing connected);
   * where TLS did not come about auth-or-tls, 4.7.4 before the handshake and 4.7.5 in it.
   */
  public static Judgement unanswered(Stage stage) {
    return switch (stage) {
      case CONNECT -> unanswered(Category.NETWORK, new EnhancedStatusCode(4, 4, 1));
      // RFC 3463, 3.8: security features not supported; cryptographic failure.
      case STARTTLS -> unanswered(Category.AUTH_OR_TLS, new EnhancedStatusCode(4, 7, 4));
      case TLS -> unanswered(Category.AUTH_OR_TLS, new EnhancedStatusCode(4, 7, 5));
      default -> unanswered(Category.NETWORK, new EnhancedStatusCode(4, 4, 2));
    };
  }

  private static Judgement unanswered(Category category, EnhancedStatusCode status) {
    return new Judgement(Verdict.TRANSIENT, category, status, "unanswered");
  }

  public boolean isPermanent() {
    return verdict == Verdict.PERMANENT;
  }

  public boolean isTransient() {
    return verdict == Verdict.TRANSIENT;
  }
}
