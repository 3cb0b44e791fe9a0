package org.mxrelay.dns;

import java.util.Locale;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;
import org.xbill.DNS.Name;

/**
 * Whether a name out of the DNS, which may hold any octets, can be a host's. Immutable.
 *
 * @param domain the host's name, if it can
 * @param objection why it cannot, in words that are safe to log
 */
record HostName(Optional<Domain> domain, String objection) {

  static HostName of(Name name) {
    for (int i = 0; i < name.labels() - 1; i++) {
      if (!isPlain(name.getLabel(i))) {
        return refused(name, "is not a host name");
      }
    }
    // RFC 1123, 2.1: a last label of digits alone makes it look like an address.
    if (endsInNumber(name)) {
      return refused(name, "is an IP address, not a host name");
    }
    try {
      String text = name.toString(true).toLowerCase(Locale.ROOT);
      return new HostName(Optional.of(new Domain(text)), "");
    } catch (InvalidAddressException e) {
      return refused(name, "is not a host name");
    }
  }

  static boolean endsInNumber(Name name) {
    return isNumeric(name.getLabel(Math.max(0, name.labels() - 2)));
  }

  private static HostName refused(Name name, String why) {
    return new HostName(Optional.empty(), name.toString(true) + " " + why);
  }

  /** Letters, digits and hyphens; underscores too, since the DNS is full of them. */
  private static boolean isPlain(byte[] label) {
    for (int i = 1; i < label.length; i++) {
      int c = label[i];
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && c != '-' && c != '_') {
        return false;
      }
    }
    return label[1] != '-' && label[label.length - 1] != '-';
  }

  private static boolean isNumeric(byte[] label) {
    for (int i = 1; i < label.length; i++) {
      if (label[i] < '0' || label[i] > '9') {
        return false;
      }
    }
    return true;
  }
}
