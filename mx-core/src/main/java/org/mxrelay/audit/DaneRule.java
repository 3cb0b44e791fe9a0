package org.mxrelay.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.audit.ProbeReport.DaneMatch;
import org.mxrelay.audit.ProbeReport.Encryption;
import org.mxrelay.tls.DaneStatus;
import org.mxrelay.tls.DaneStatus.Standing;
import org.mxrelay.tls.TlsDemand;

/**
 * What the exchanges' TLSA records are worth (RFC 7672). Where no resolver vouches for anything,
 * there is nothing to be said.
 */
final class DaneRule implements AuditRule {

  @Override
  public List<Finding> judge(MxPicture picture) {
    String domain = picture.domain().name();
    List<Finding> findings = new ArrayList<>();
    boolean any = picture.named().stream().anyMatch(e -> is(e, Standing.PRESENT));
    for (ExchangePicture exchange : picture.named()) {
      exchange.dane().ifPresent(status -> findings.addAll(of(exchange, status, any)));
    }
    if (any && !picture.answer().facts().isAuthenticated()) {
      findings.add(unsignedMx(domain));
    }
    if (!any && picture.named().stream().anyMatch(DaneRule::isHalfThere)) {
      findings.add(nowhere(domain));
    }
    return findings;
  }

  private static boolean is(ExchangePicture exchange, Standing standing) {
    return exchange.dane().filter(status -> status.standing() == standing).isPresent();
  }

  private static List<Finding> of(ExchangePicture exchange, DaneStatus status, boolean any) {
    return switch (status.standing()) {
      case PRESENT -> present(exchange, status);
      case UNKNOWN -> unknown(exchange, status);
      case ABSENT ->
          // One that leads nowhere takes no mail, with records or without.
          any && !exchange.addresses().isEmpty()
              ? List.of(uneven(exchange.name().name()))
              : List.of();
    };
  }

  private static boolean isHalfThere(ExchangePicture exchange) {
    return exchange.isSigned() && is(exchange, Standing.ABSENT);
  }

  /** Where the address itself cannot be had, that is another rule's finding. */
  private static List<Finding> unknown(ExchangePicture exchange, DaneStatus status) {
    if (!exchange.isSigned()) {
      return List.of();
    }
    return List.of(
        Finding.error(
            "dane-unknown",
            exchange.name().name(),
            "Nobody could tell whether there are TLSA records: "
                + status.remark()
                + ". Senders that use DANE do not deliver there meanwhile (RFC 7672, 2.1.2).",
            "Have the servers of the zone answer for TLSA too, if only that there is none."));
  }

  private static Finding uneven(String exchange) {
    return Finding.warning(
        "dane-uneven",
        exchange,
        "Other exchanges have TLSA records and this one has none: who keeps senders from the others"
            + " gets the mail without them.",
        "Publish TLSA records for every exchange, or for none.");
  }

  private static Finding nowhere(String domain) {
    return Finding.info(
        "dane-absent",
        domain,
        "DNSSEC vouches for the exchanges' addresses, and there are no TLSA records: half of DANE"
            + " is there, and protects no mail.",
        "Publish \"3 1 1\" records of the exchanges' keys, and change them before the keys.");
  }

  private static List<Finding> present(ExchangePicture exchange, DaneStatus status) {
    String name = exchange.name().name();
    boolean usable = status.demand().filter(TlsDemand::isVerified).isPresent();
    if (!usable) {
      return List.of(
          Finding.warning(
              "dane-unusable",
              name,
              "None of the TLSA records can be used for mail ("
                  + status.records().get(0)
                  + "): senders demand TLS, and take anybody for the exchange.",
              "Publish records of usage 3 or 2 (RFC 7672, 3.1): \"3 1 1\" and the key's SHA-256."));
    }
    List<Finding> findings = new ArrayList<>();
    exchange.probes().forEach(probe -> probed(exchange, probe).ifPresent(findings::add));
    if (findings.isEmpty()) {
      findings.add(Finding.ok("dane", name, said(exchange, status)));
    }
    return findings;
  }

  private static String said(ExchangePicture exchange, DaneStatus status) {
    boolean matched =
        exchange.probes().stream()
            .anyMatch(p -> p.dane().filter(DaneMatch::isVerified).isPresent());
    return "DANE: TLSA "
        + status.records().get(0)
        + (matched ? ", and the certificate is the one that it means." : " under DNSSEC.");
  }

  private static Optional<Finding> probed(ExchangePicture exchange, ProbeReport probe) {
    String subject = SessionRule.where(exchange, probe);
    if (probe.isOpen() && isWithoutTls(probe.encryption())) {
      return Optional.of(
          Finding.error(
              "dane-without-tls",
              subject,
              "There are TLSA records, and TLS does not come about: senders that use DANE do not"
                  + " deliver.",
              "Let STARTTLS work, or remove the records."));
    }
    return probe
        .dane()
        .filter(match -> match.trust() == PeerTls.Trust.REFUSED)
        .map(
            match ->
                Finding.error(
                    "dane-mismatch",
                    subject,
                    "The certificate is none of those that the TLSA records mean ("
                        + match.objection()
                        + "): senders that use DANE do not deliver.",
                    "Publish records of the key in use; next time before it changes, beside the"
                        + " old ones."));
  }

  private static boolean isWithoutTls(Encryption encryption) {
    return encryption == Encryption.NOT_OFFERED
        || encryption == Encryption.REFUSED
        || encryption == Encryption.FAILED;
  }

  private static Finding unsignedMx(String domain) {
    return Finding.info(
        "dane-mx-unsigned",
        domain,
        "The exchanges have TLSA records, but no DNSSEC vouches for the MX records that name them:"
            + " who forges those leads the mail elsewhere.",
        "Sign the domain's zone as well.");
  }
}
