package org.mxrelay.smtp.message;

import java.util.Optional;

/**
 * What MAIL may ask for beside the reverse-path.
 *
 * <p>Immutable.
 *
 * @param ret how much of the message a failure report returns (RFC 3461, 4.3)
 * @param envid the sender's own name for the envelope, decoded from xtext (RFC 3461, 4.4)
 * @param tls what the sender requires or waives (RFC 8689)
 * @param utf8 whether the message has internationalised headers (RFC 6531)
 * @param priority MT-PRIORITY, -9 to 9, told to exchanges that know priorities (RFC 6710); above 0
 *     it also goes before others in our own queue
 */
public record EnvelopeOptions(
    Optional<Ret> ret,
    Optional<String> envid,
    SenderTls tls,
    HeaderForm utf8,
    Optional<Integer> priority) {

  /** Nothing asked for. */
  public static final EnvelopeOptions NONE =
      new EnvelopeOptions(
          Optional.empty(), Optional.empty(), SenderTls.UNSPECIFIED, HeaderForm.ASCII);

  /**
   * @throws IllegalArgumentException if the envelope identifier is empty, longer than 100
   *     characters, or holds anything but printable ASCII; or the priority is out of range
   */
  public EnvelopeOptions {
    // RFC 3461, 4.4: printable US-ASCII. xtext could not carry more, and it would be lost silently.
    envid.ifPresent(e -> EnvelopeText.requireAscii("ENVID", e, 100));
    if (priority.filter(p -> p < -9 || p > 9).isPresent()) {
      throw new IllegalArgumentException("priority, -9 to 9: " + priority.get());
    }
  }

  /** Without a priority. */
  public EnvelopeOptions(
      Optional<Ret> ret, Optional<String> envid, SenderTls tls, HeaderForm utf8) {
    this(ret, envid, tls, utf8, Optional.empty());
  }

  public EnvelopeOptions withRet(Ret other) {
    return new EnvelopeOptions(Optional.of(other), envid, tls, utf8, priority);
  }

  public EnvelopeOptions withEnvid(String other) {
    return new EnvelopeOptions(ret, Optional.of(other), tls, utf8, priority);
  }

  public EnvelopeOptions withTls(SenderTls other) {
    return new EnvelopeOptions(ret, envid, other, utf8, priority);
  }

  public EnvelopeOptions withUtf8(HeaderForm other) {
    return new EnvelopeOptions(ret, envid, tls, other, priority);
  }

  /**
   * @throws IllegalArgumentException if it is not -9 to 9
   */
  public EnvelopeOptions withPriority(int other) {
    return new EnvelopeOptions(ret, envid, tls, utf8, Optional.of(other));
  }

  /** How much of the message a failure report returns. */
  public enum Ret {
    FULL,
    HDRS
  }

  /** What the sender says about TLS. */
  public enum SenderTls {
    UNSPECIFIED,
    /** REQUIRETLS: better a bounce than plaintext. */
    REQUIRED,
    /** {@code TLS-Required: No}: better plaintext than a bounce. */
    WAIVED
  }

  /** Whether headers hold more than ASCII. */
  public enum HeaderForm {
    ASCII,
    UTF8
  }
}
