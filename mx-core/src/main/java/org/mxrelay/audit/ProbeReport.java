package org.mxrelay.audit;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What an exchange said at one of its addresses.
 *
 * <p>Immutable. Its texts are printable.
 *
 * @param address where
 * @param greeting its greeting; none if there was no connection or no word
 * @param ehlo its reply to EHLO, the first line
 * @param encryption how far STARTTLS came
 * @param tls what TLS it has, if it came to that
 * @param dane what a sender meets who verifies it by its TLSA records, if it has any that can be
 *     used and it came to TLS
 * @param stranger its reply to a recipient that cannot exist, if it was asked
 * @param trouble what broke the session off, in words; empty if nothing did
 */
public record ProbeReport(
    InetAddress address,
    Optional<Said> greeting,
    Optional<Said> ehlo,
    Encryption encryption,
    Optional<PeerTls> tls,
    Optional<DaneMatch> dane,
    Optional<Said> stranger,
    String trouble) {

  /** Of an exchange without TLSA records. */
  public ProbeReport(
      InetAddress address,
      Optional<Said> greeting,
      Optional<Said> ehlo,
      Encryption encryption,
      Optional<PeerTls> tls,
      Optional<Said> stranger,
      String trouble) {
    this(address, greeting, ehlo, encryption, tls, Optional.empty(), stranger, trouble);
  }

  /**
   * What came of verifying a certificate by TLSA records.
   *
   * @param trust verified if it is one of those that the records mean
   * @param objection why it is not, in words; empty if it is
   */
  public record DaneMatch(PeerTls.Trust trust, String objection) {

    /** Whether it is one of those that the records mean. */
    public boolean isVerified() {
      return trust == PeerTls.Trust.VERIFIED;
    }
  }

  /** Of an address that nobody answers at. */
  public static ProbeReport silent(InetAddress address, String trouble) {
    return new ProbeReport(
        address,
        Optional.empty(),
        Optional.empty(),
        Encryption.NOT_REACHED,
        Optional.empty(),
        Optional.empty(),
        trouble);
  }

  /** Whether there was a session: a greeting of 2yz. */
  public boolean isOpen() {
    return greeting.filter(Said::isPositive).isPresent();
  }

  /** How far STARTTLS came. */
  public enum Encryption {
    /** The session ended before. */
    NOT_REACHED,
    /** The reply to EHLO does not offer it. */
    NOT_OFFERED,
    /** It is offered, and refused when asked for. */
    REFUSED,
    /** The handshake failed. */
    FAILED,
    /** The session was encrypted. */
    ENCRYPTED
  }

  /**
   * A reply.
   *
   * @param code its code
   * @param text its text, one printable line
   */
  public record Said(int code, String text) {

    /** Whether it is a 2yz. */
    public boolean isPositive() {
      return code / 100 == 2;
    }

    /** Whether it is a 5yz. */
    public boolean isPermanent() {
      return code / 100 == 5;
    }

    @Override
    public String toString() {
      return text.isEmpty() ? String.valueOf(code) : code + " " + text;
    }
  }
}
