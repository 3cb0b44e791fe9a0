package org.mxrelay.address;

import java.util.regex.Pattern;

/** IPv4 addresses in text: four decimal numbers, nothing else (RFC 5321, 4.1.3). */
final class Ipv4Text {

  // A leading zero makes a number octal to some and decimal to others: two addresses in one text.
  private static final String NUMBER = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern SYNTAX = Pattern.compile(NUMBER + "(?:\\." + NUMBER + "){3}");

  private Ipv4Text() {}

  static byte[] parse(String text) {
    if (!SYNTAX.matcher(text).matches()) {
      throw new InvalidAddressException(
          text, "not an IPv4 address of four decimal numbers without leading zeros");
    }
    byte[] octets = new byte[4];
    int start = 0;
    for (int i = 0; i < 4; i++) {
      int dot = text.indexOf('.', start);
      octets[i] = (byte) Integer.parseInt(text.substring(start, dot < 0 ? text.length() : dot));
      start = dot + 1;
    }
    return octets;
  }

  static String format(byte[] octets) {
    return (octets[0] & 0xff)
        + "."
        + (octets[1] & 0xff)
        + "."
        + (octets[2] & 0xff)
        + "."
        + (octets[3] & 0xff);
  }
}
