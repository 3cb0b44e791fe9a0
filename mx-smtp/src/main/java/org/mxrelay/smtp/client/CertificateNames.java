package org.mxrelay.smtp.client;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** Whose certificate it is (RFC 7672, 3.2.3). Stateless. */
final class CertificateNames {

  private static final Integer DNS_NAME = 2;

  /** The first common name; one with anything but a host name in it counts for nothing. */
  private static final Pattern COMMON_NAME =
      Pattern.compile("(?:^|,)CN=([A-Za-z0-9*._-]{1,253})(?:,|$)");

  private CertificateNames() {}

  /** Whether the certificate has one of these names. */
  static boolean hasAny(X509Certificate certificate, List<String> names)
      throws CertificateParsingException {
    List<String> presented = of(certificate);
    return names.stream().anyMatch(name -> presented.stream().anyMatch(p -> matches(p, name)));
  }

  private static List<String> of(X509Certificate certificate) throws CertificateParsingException {
    List<String> names = new ArrayList<>();
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      for (List<?> one : alternatives) {
        if (DNS_NAME.equals(one.get(0))) {
          names.add(String.valueOf(one.get(1)));
        }
      }
    }
    // RFC 7672, 3.2.3: the common name counts only where there is no DNS name.
    return names.isEmpty() ? commonName(certificate) : names;
  }

  private static List<String> commonName(X509Certificate certificate) {
    Matcher found =
        COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253));
    return found.find() ? List.of(found.group(1)) : List.of();
  }

  /** An asterisk stands for the left-most label, whole (RFC 6125, 6.4.3). */
  static boolean matches(String presented, String name) {
    String pattern = presented.toLowerCase(Locale.ROOT);
    String wanted = name.toLowerCase(Locale.ROOT);
    if (!pattern.startsWith("*.")) {
      return pattern.equals(wanted);
    }
    int dot = wanted.indexOf('.');
    String parent = pattern.substring(2);
    return dot > 0 && parent.indexOf('.') > 0 && wanted.substring(dot + 1).equals(parent);
  }
}
