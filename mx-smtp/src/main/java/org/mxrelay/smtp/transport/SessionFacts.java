package org.mxrelay.smtp.transport;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsFailure;

/**
 * What is known of a session.
 *
 * <p>Immutable.
 *
 * @param address the peer
 * @param tls what TLS it had, if any
 * @param extensions the EHLO keywords that counted, in upper case
 * @param lastByte whether the last byte of the message was handed to the socket; from then on, an
 *     attempt without a reply is uncertain
 * @param tlsTrouble what kept it from TLS, where that ended it
 */
public record SessionFacts(
    InetSocketAddress address,
    Optional<TlsFacts> tls,
    Set<String> extensions,
    LastByte lastByte,
    Optional<TlsTrouble> tlsTrouble) {

  public SessionFacts {
    extensions = Set.copyOf(extensions);
  }

  /** A session that did not end for want of TLS. */
  public SessionFacts(
      InetSocketAddress address,
      Optional<TlsFacts> tls,
      Set<String> extensions,
      LastByte lastByte) {
    this(address, tls, extensions, lastByte, Optional.empty());
  }

  /** The same session, which ended for want of TLS. */
  public SessionFacts endedBy(TlsTrouble trouble) {
    return new SessionFacts(address, tls, extensions, lastByte, Optional.of(trouble));
  }

  /** A session that never came to be. */
  public static SessionFacts none(InetSocketAddress address) {
    return new SessionFacts(address, Optional.empty(), Set.of(), LastByte.NOT_SENT);
  }

  /** Whether the last byte of the message was handed to the socket. */
  public enum LastByte {
    NOT_SENT,
    SENT
  }

  /**
   * What TLS a session had.
   *
   * @param protocol such as {@code TLSv1.3}
   * @param cipher the cipher suite
   * @param certificate what became of the peer's certificate
   * @param policy whose demand it met, in the word of {@link TlsDemand#reason}: {@code default},
   *     {@code option}, {@code sts}, {@code dane}, {@code requiretls}
   * @param seen the certificate that the peer showed, be it verified or not; empty where the
   *     transport does not tell
   */
  public record TlsFacts(
      String protocol,
      String cipher,
      Certificate certificate,
      String policy,
      Optional<SeenCertificate> seen) {

    /** TLS by default, of which no certificate is known. */
    public TlsFacts(String protocol, String cipher, Certificate certificate) {
      this(protocol, cipher, certificate, TlsDemand.OPPORTUNISTIC.reason(), Optional.empty());
    }
  }

  /**
   * What a certificate says; whether it is true, {@link TlsFacts#certificate} tells.
   *
   * <p>Immutable.
   *
   * @param names its DNS names, printable, at most 100
   * @param issuer who signed it, printable
   * @param validUntil when it ends
   */
  public record SeenCertificate(List<String> names, String issuer, Instant validUntil) {

    public SeenCertificate {
      names = List.copyOf(names);
    }
  }

  /**
   * What kept a session from TLS.
   *
   * @param failure in the words of reports on TLS (RFC 8460, 4.3)
   * @param why in words, one printable line
   */
  public record TlsTrouble(TlsFailure failure, String why) {}

  /** What became of the peer's certificate. */
  public enum Certificate {
    /** Valid for the exchange's name. */
    VERIFIED,
    /** What the exchange's TLSA records say (RFC 7672). */
    DANE,
    /** Nobody asked for it to be valid. */
    UNVERIFIED
  }
}
