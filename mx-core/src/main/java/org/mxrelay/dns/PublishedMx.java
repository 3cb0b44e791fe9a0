package org.mxrelay.dns;

import java.time.Duration;
import java.util.Locale;
import org.mxrelay.address.IpAddress;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;

/**
 * An MX record as its zone has it, usable or not.
 *
 * <p>Immutable.
 *
 * @param preference 0 to 65535; the lowest is tried first
 * @param exchange the name in printable text without its final dot, odd octets escaped; {@code .}
 *     for a null MX
 * @param form what kind of name that is
 * @param ttl the time to live, as it was told
 */
public record PublishedMx(int preference, String exchange, Form form, Duration ttl) {

  /** What the name of an exchange can be. */
  public enum Form {
    /** A host's name. */
    HOST,
    /** The root: a null MX (RFC 7505). */
    NULL,
    /** An IP address in the place of a name, or what looks like one. */
    ADDRESS,
    /** No host's name at all. */
    NO_HOST
  }

  static PublishedMx of(MXRecord record) {
    Name target = record.getTarget();
    String text = target.toString(true);
    String shown = target.equals(Name.root) ? "." : text.toLowerCase(Locale.ROOT);
    return new PublishedMx(
        record.getPriority(), shown, form(target, text), Duration.ofSeconds(record.getTTL()));
  }

  private static Form form(Name target, String text) {
    if (target.equals(Name.root)) {
      return Form.NULL;
    } else if (HostName.endsInNumber(target) || IpAddress.find(text).isPresent()) {
      return Form.ADDRESS;
    }
    return HostName.of(target).domain().isPresent() ? Form.HOST : Form.NO_HOST;
  }
}
