package org.mxrelay.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What kept a session from the TLS that it should have had: the result types of RFC 8460, 4.3. */
public enum TlsFailure {
  /** The exchange does not offer STARTTLS, or refused it. */
  STARTTLS_NOT_SUPPORTED,
  /** The certificate is for another name. */
  CERTIFICATE_HOST_MISMATCH,
  /** The certificate has run out. */
  CERTIFICATE_EXPIRED,
  /** Nobody who is trusted vouches for the certificate. */
  CERTIFICATE_NOT_TRUSTED,
  /** Something else about the handshake or the certificate. */
  VALIDATION_FAILURE,
  /** The TLSA records are wrong, or all of them unusable. */
  TLSA_INVALID,
  /** The DNS answer did not validate. */
  DNSSEC_INVALID,
  /** DANE was demanded of a domain that has none. */
  DANE_REQUIRED,
  /** The MTA-STS policy could not be fetched. */
  STS_POLICY_FETCH_ERROR,
  /** The MTA-STS policy is malformed. */
  STS_POLICY_INVALID,
  /** The certificate of the MTA-STS policy's host is not valid. */
  STS_WEBPKI_INVALID;

  /** The result type as a report writes it: {@code certificate-expired}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * What a handshake failed of.
   *
   * @param cause what was thrown, with its own causes
   * @return one of the certificate's failures, or {@link #VALIDATION_FAILURE}
   */
  public static TlsFailure ofHandshake(Throwable cause) {
    TlsFailure found = VALIDATION_FAILURE;
    Set<Throwable> seen = new HashSet<>();
    // The innermost says most: what stands further out says "not valid" of all of them.
    for (Throwable t = cause; t != null && seen.add(t); t = t.getCause()) {
      found = ofOne(t).orElse(found);
    }
    return found;
  }

  private static Optional<TlsFailure> ofOne(Throwable thrown) {
    if (thrown instanceof CertificateExpiredException) {
      return Optional.of(CERTIFICATE_EXPIRED);
    } else if (thrown instanceof CertPathValidatorException path) {
      return Optional.of(
          path.getReason() == BasicReason.EXPIRED ? CERTIFICATE_EXPIRED : CERTIFICATE_NOT_TRUSTED);
    } else if (thrown instanceof CertPathBuilderException) {
      return Optional.of(CERTIFICATE_NOT_TRUSTED);
    } else if (thrown instanceof CertificateException && isAboutTheName(thrown)) {
      return Optional.of(CERTIFICATE_HOST_MISMATCH);
    }
    return Optional.empty();
  }

  /** The JDK has neither a type nor a code for it. */
  private static boolean isAboutTheName(Throwable thrown) {
    String words = String.valueOf(thrown.getMessage());
    return words.startsWith("No subject alternative") || words.startsWith("No name matching");
  }
}
