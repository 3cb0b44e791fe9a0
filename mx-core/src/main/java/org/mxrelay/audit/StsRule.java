package org.mxrelay.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mxrelay.tls.StsPolicy;
import org.mxrelay.tls.StsPolicy.Mode;
import org.mxrelay.tls.StsStatus;

/** What the domain's MTA-STS policy is worth, and whether it names its exchanges (RFC 8461). */
final class StsRule implements AuditRule {

  private static final Duration SHORT = Duration.ofDays(1);

  @Override
  public List<Finding> judge(MxPicture picture) {
    if (picture.named().isEmpty() || picture.sts().isEmpty()) {
      return List.of();
    }
    StsStatus status = picture.sts().get();
    return status
        .policy()
        .map(policy -> ofPolicy(picture, policy))
        .orElseGet(() -> List.of(withoutPolicy(picture.domain().name(), status)));
  }

  private static Finding withoutPolicy(String domain, StsStatus status) {
    return switch (status.announcement()) {
      case NONE ->
          Finding.info(
              "mta-sts-absent",
              domain,
              "There is no MTA-STS policy: an attacker on the way can strip TLS from the mail.",
              "Publish a policy in testing, read the reports, then enforce it (RFC 8461).");
      case MALFORMED ->
          Finding.warning(
              "mta-sts-record",
              "_mta-sts." + domain,
              "The TXT record counts for nothing: " + status.remark() + ".",
              "Publish one record: \"v=STSv1; id=20260101T000000;\".");
      case ANNOUNCED ->
          Finding.warning(
              "mta-sts-unusable",
              "mta-sts." + domain,
              "A policy is announced and cannot be had: "
                  + status.remark()
                  + ". Senders that do not know it yet go without it.",
              "Serve https://mta-sts."
                  + domain
                  + "/.well-known/mta-sts.txt, or remove the record.");
      case UNKNOWN ->
          Finding.info(
              "mta-sts-unknown",
              domain,
              "Nobody could tell whether there is an MTA-STS policy: " + status.remark() + ".",
              "Look at the servers of the zone.");
    };
  }

  private static List<Finding> ofPolicy(MxPicture picture, StsPolicy policy) {
    String domain = picture.domain().name();
    List<Finding> findings = new ArrayList<>();
    if (policy.mode() == Mode.NONE) {
      return List.of(
          Finding.info(
              "mta-sts-none",
              domain,
              "The MTA-STS policy says that there is none any more.",
              "Enforce one, or remove record and policy once the old one has run out."));
    }
    for (ExchangePicture exchange : picture.named()) {
      if (!policy.matches(exchange.name().name())) {
        findings.add(missed(policy, exchange));
      }
    }
    if (policy.mode() == Mode.TESTING) {
      findings.add(
          Finding.info(
              "mta-sts-testing",
              domain,
              "The MTA-STS policy is in testing: senders report, and protect nothing.",
              "Set the mode to enforce once the reports are clean."));
    }
    if (policy.maxAge().compareTo(SHORT) < 0) {
      findings.add(shortAge(domain, policy));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("mta-sts", domain, "MTA-STS is enforced, and names every exchange."));
    }
    return findings;
  }

  private static Finding missed(StsPolicy policy, ExchangePicture exchange) {
    String message =
        "No mx of the MTA-STS policy means this exchange; it names "
            + String.join(", ", policy.mx());
    String advice = "Add \"mx: " + exchange.name() + "\" to the policy, and change its id.";
    return policy.mode() == Mode.ENFORCE
        ? Finding.error(
            "mta-sts-mx",
            exchange.name().name(),
            message + ". Senders that obey it never deliver to it.",
            advice)
        : Finding.warning(
            "mta-sts-mx",
            exchange.name().name(),
            message + ". Once it is enforced, senders will never deliver to it.",
            advice);
  }

  private static Finding shortAge(String domain, StsPolicy policy) {
    return Finding.info(
        "mta-sts-age",
        domain,
        "The MTA-STS policy holds for "
            + policy.maxAge().toSeconds()
            + " s only: who can hide it that long gets rid of it (RFC 8461, 3.2 asks for weeks).",
        "Set max_age to 604800 (a week) or more.");
  }
}
