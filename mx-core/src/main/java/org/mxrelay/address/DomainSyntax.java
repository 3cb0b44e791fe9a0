package org.mxrelay.address;

import java.util.regex.Pattern;

/** The grammar of domain names and their canonical form (RFC 5321, 4.1.2; RFC 1035, 2.3.4). */
final class DomainSyntax {

  private static final int MAX_NAME = 253;
  private static final int MAX_LABEL = 63;
  // Far above any name that fits once it is mapped; keeps the mapping of nonsense cheap.
  private static final int MAX_INPUT = 1_000;

  // What inet_aton and browsers take for the last number of an address, hexadecimal included.
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  private DomainSyntax() {}

  static String canonical(String text) {
    if (text.length() > MAX_INPUT) {
      throw new InvalidAddressException(text, "a domain name has at most 253 octets");
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    String ascii = Characters.lowerAscii(isAscii(name) ? name : Idna.mapper().toAscii(name));
    try {
      requireCanonical(ascii);
      ALabel.requireAllValid(ascii);
    } catch (InvalidAddressException e) {
      throw new InvalidAddressException(text, e.why());
    }
    return ascii;
  }

  private static boolean isAscii(String name) {
    return Characters.first(name, c -> c >= 0x80) < 0;
  }

  static void requireCanonical(String name) {
    if (name.isEmpty()) {
      throw new InvalidAddressException(name, "no domain name");
    }
    for (String label : name.split("\\.", -1)) {
      requireLabel(name, label);
    }
    if (name.length() > MAX_NAME) {
      throw new InvalidAddressException(name, "a domain name has at most 253 octets");
    }
    int last = name.lastIndexOf('.') + 1;
    // A pattern costs more than all the rest, and nearly no last label begins with a digit.
    if (Characters.isDigit(name.charAt(last)) && NUMBER.matcher(name.substring(last)).matches()) {
      // RFC 1123, 2.1: no top-level domain is a number, so that 192.0.2.1 never is a name.
      throw new InvalidAddressException(
          name, "the last label is a number; an address is written in square brackets");
    }
  }

  private static void requireLabel(String name, String label) {
    int wrong = Characters.first(label, c -> !isLabelCharacter(c));
    if (wrong >= 0) {
      throw new InvalidAddressException(
          name, "a domain name does not have the character " + Characters.shown(wrong));
    }
    if (label.isEmpty() || label.length() > MAX_LABEL) {
      throw new InvalidAddressException(name, "a label must have 1 to 63 octets");
    }
    if (label.startsWith("-") || label.endsWith("-")) {
      throw new InvalidAddressException(name, "a hyphen may not begin or end a label");
    }
  }

  private static boolean isLabelCharacter(int c) {
    return c == '-' || c == '_' || (Characters.isLetterOrDigit(c) && !(c >= 'A' && c <= 'Z'));
  }
}
