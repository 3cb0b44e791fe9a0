package org.mxrelay.tls;

/** Whether it is beyond doubt that an exchange is the destination's (RFC 8689, 4.2.1). */
public enum Vouching {
  /** Only the bare DNS says so, which anybody may have forged. */
  NOBODY,
  /** Nobody vouches for it now, because somebody could not be asked. */
  UNKNOWN,
  /** DNSSEC, an enforced MTA-STS policy or the owner himself says so, or it is the destination. */
  VOUCHED;

  /** What is known after two were asked. */
  Vouching or(Vouching other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
