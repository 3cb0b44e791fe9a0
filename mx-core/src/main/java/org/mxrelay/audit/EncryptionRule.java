package org.mxrelay.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.audit.ProbeReport.DaneMatch;
import org.mxrelay.tls.StsPolicy;
import org.mxrelay.tls.StsStatus;

/** What the TLS of the exchanges is worth. */
final class EncryptionRule implements AuditRule {

  private static final Duration SOON = Duration.ofDays(14);

  @Override
  public List<Finding> judge(MxPicture picture) {
    List<Finding> findings = new ArrayList<>();
    for (ExchangePicture exchange : picture.exchanges()) {
      for (ProbeReport probe : exchange.probes()) {
        findings.addAll(of(picture, exchange, probe));
      }
    }
    return findings;
  }

  private static List<Finding> of(MxPicture picture, ExchangePicture exchange, ProbeReport probe) {
    String subject = SessionRule.where(exchange, probe);
    return switch (probe.encryption()) {
      case NOT_REACHED -> List.of();
      case NOT_OFFERED ->
          List.of(
              Finding.warning(
                  "starttls-absent",
                  subject,
                  "STARTTLS is not offered: all mail comes in the clear.",
                  "Turn TLS on (RFC 3207); a free certificate will do."));
      case REFUSED, FAILED ->
          List.of(
              Finding.warning(
                  "starttls-failed",
                  subject,
                  "STARTTLS is offered and does not work"
                      + (probe.trouble().isEmpty() ? "" : ": " + probe.trouble())
                      + ". Senders fall back to the clear, or wait.",
                  "Look at the server's certificate, key and protocol versions."));
      case ENCRYPTED -> certificate(picture, exchange, probe);
    };
  }

  private static List<Finding> certificate(
      MxPicture picture, ExchangePicture exchange, ProbeReport probe) {
    PeerTls tls = probe.tls().orElseThrow();
    String subject = SessionRule.where(exchange, probe);
    if (isVouchedForByDane(picture, probe)) {
      return List.of(Finding.ok("certificate", subject, tls.protocol() + ", verified by DANE."));
    }
    Severity severity = isEnforced(picture) ? Severity.ERROR : Severity.WARNING;
    List<Finding> findings = new ArrayList<>();
    lifetime(picture.at(), tls, subject, severity).ifPresent(findings::add);
    if (!tls.isFor(exchange.name().name())) {
      findings.add(otherName(exchange, tls, subject, severity));
    }
    if (findings.isEmpty() && tls.trust() == PeerTls.Trust.REFUSED) {
      findings.add(untrusted(tls, subject, severity));
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              "certificate",
              subject,
              tls.protocol() + ", certificate of " + tls.issuer() + " until " + day(tls) + "."));
    }
    return findings;
  }

  /**
   * RFC 7672, 3.1.1: who publishes the key itself may leave names, dates and authorities alone,
   * unless an MTA-STS policy asks for them.
   */
  private static boolean isVouchedForByDane(MxPicture picture, ProbeReport probe) {
    boolean policy = picture.sts().flatMap(StsStatus::policy).isPresent();
    return !policy && probe.dane().filter(DaneMatch::isVerified).isPresent();
  }

  /** Where senders are told to verify, a bad certificate stops the mail. */
  private static boolean isEnforced(MxPicture picture) {
    return picture
        .sts()
        .flatMap(StsStatus::policy)
        .filter(policy -> policy.mode() == StsPolicy.Mode.ENFORCE)
        .isPresent();
  }

  private static Optional<Finding> lifetime(
      Instant now, PeerTls tls, String subject, Severity severity) {
    if (!now.isBefore(tls.validUntil())) {
      return Optional.of(
          new Finding(
              severity,
              "certificate-expired",
              subject,
              "The certificate ran out on " + day(tls) + ". Senders who verify do not deliver.",
              "Renew it, and have it renewed by itself."));
    } else if (!now.plus(SOON).isBefore(tls.validUntil())) {
      return Optional.of(
          Finding.warning(
              "certificate-expires",
              subject,
              "The certificate runs out on " + day(tls) + ", within 14 days.",
              "Renew it, and have it renewed by itself."));
    }
    return Optional.empty();
  }

  private static Finding otherName(
      ExchangePicture exchange, PeerTls tls, String subject, Severity severity) {
    return new Finding(
        severity,
        "certificate-name",
        subject,
        "The certificate is not for "
            + exchange.name()
            + " but for "
            + (tls.names().isEmpty() ? "no host at all" : String.join(", ", tls.names()))
            + ". Senders who verify do not deliver.",
        "Get a certificate for the name that the MX record has.");
  }

  private static Finding untrusted(PeerTls tls, String subject, Severity severity) {
    return new Finding(
        severity,
        "certificate-untrusted",
        subject,
        "The certificate cannot be traced to an authority that is trusted ("
            + tls.objection()
            + "); its issuer is "
            + tls.issuer()
            + ". Senders who verify do not deliver.",
        "Serve a certificate of a public authority, with the whole chain below its root.");
  }

  private static String day(PeerTls tls) {
    return tls.validUntil().toString().substring(0, 10);
  }
}
