package org.mxrelay.tls;

import java.util.Optional;

/**
 * What TLS a session with an exchange must have.
 *
 * <p>Immutable.
 *
 * @param level what is demanded
 * @param reason why, in a word for people: {@code default}, {@code option}, {@code sts}, {@code
 *     dane}, {@code requiretls}
 * @param dane by what the exchange is verified, if not by a certificate that is valid for its name;
 *     at {@link Level#VERIFIED} only
 */
public record TlsDemand(Level level, String reason, Optional<DaneIdentity> dane) {

  /** TLS where it works, plaintext where it does not, nobody verified (RFC 7435). */
  public static final TlsDemand OPPORTUNISTIC = new TlsDemand(Level.OPPORTUNISTIC, "default");

  /** How much is demanded, the least first. */
  public enum Level {
    /** STARTTLS is not used. */
    NONE,
    /** Encrypted if the peer can; not verified; plaintext as a last resort. */
    OPPORTUNISTIC,
    /** Encrypted, to whomever; never plaintext. */
    ENCRYPTED,
    /**
     * Encrypted to a peer that is verified, by a certificate that is valid for the exchange's name
     * or by its TLSA records; never plaintext.
     */
    VERIFIED
  }

  /** An enforced MTA-STS policy of the destination's (RFC 8461, 5). */
  public static final TlsDemand STS = new TlsDemand(Level.VERIFIED, "sts");

  /** A sender who would rather have the message back (RFC 8689, 4.2.1). */
  public static final TlsDemand REQUIRETLS = new TlsDemand(Level.VERIFIED, "requiretls");

  private static final String DANE = "dane";

  /** TLSA records, none of which can be used (RFC 7672, 2.2). */
  static final TlsDemand UNUSABLE_TLSA = new TlsDemand(Level.ENCRYPTED, DANE);

  /**
   * @throws IllegalArgumentException if TLSA records are to verify what is not to be verified
   */
  public TlsDemand {
    if (dane.isPresent() && level != Level.VERIFIED) {
      throw new IllegalArgumentException("TLSA records at level " + level);
    }
  }

  /** A demand that names no TLSA records. */
  public TlsDemand(Level level, String reason) {
    this(level, reason, Optional.empty());
  }

  /** Demanded by an option of the caller's. */
  public static TlsDemand byOption(Level level) {
    return new TlsDemand(level, "option");
  }

  /** Demanded by TLSA records of the exchange's (RFC 7672). */
  public static TlsDemand dane(DaneIdentity identity) {
    return new TlsDemand(Level.VERIFIED, DANE, Optional.of(identity));
  }

  /** The stronger of the two; this one where they are equally strong. */
  public TlsDemand atLeast(TlsDemand floor) {
    return floor.level().compareTo(level) > 0 ? floor : this;
  }

  /** Whether the session must not go on in plaintext. */
  public boolean isMandatory() {
    return level.compareTo(Level.ENCRYPTED) >= 0;
  }

  /** Whether the peer must be who it should be. */
  public boolean isVerified() {
    return level == Level.VERIFIED;
  }
}
