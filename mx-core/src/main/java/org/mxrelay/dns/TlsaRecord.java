package org.mxrelay.dns;

/**
 * A TLSA record (RFC 6698, 2.1): what the certificate of a server must be, or of who issued it.
 *
 * <p>Immutable. It may hold values that nobody knows.
 *
 * @param usage 0 to 255; 2 for an authority of the owner's choice, 3 for the server itself
 * @param selector 0 to 255; 0 for the whole certificate, 1 for its public key
 * @param matchingType 0 to 255; 0 for the data themselves, 1 for their SHA-256, 2 for their SHA-512
 * @param data in hexadecimal, lower case; empty if there is none, or more than we read
 */
public record TlsaRecord(int usage, int selector, int matchingType, String data) {

  /**
   * @throws IllegalArgumentException if a number is out of its range or the data are no hexadecimal
   */
  public TlsaRecord {
    octet("usage", usage);
    octet("selector", selector);
    octet("matchingType", matchingType);
    if (data.length() % 2 != 0 || !data.chars().allMatch(TlsaRecord::isDigit)) {
      throw new IllegalArgumentException("data of a TLSA record must be hexadecimal: " + data);
    }
  }

  private static boolean isDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static void octet(String what, int value) {
    if (value < 0 || value > 255) {
      throw new IllegalArgumentException(what + " of a TLSA record must be 0 to 255: " + value);
    }
  }

  /** The beginning of the record, as in a zone: {@code 3 1 1 0a1b2c...}. */
  @Override
  public String toString() {
    String shown = data.length() > 16 ? data.substring(0, 16) + "..." : data;
    return usage + " " + selector + " " + matchingType + " " + shown;
  }
}
