package org.mxrelay.smtp.client;

import java.util.Locale;
import java.util.Optional;
import org.mxrelay.smtp.client.CommandWriter.LineForm;

/** The encodings of text in the parameters of delivery status notifications. */
final class Xtext {

  private Xtext() {}

  /** Text as xtext (RFC 3461, 4), or nothing where it is not ASCII and so has no xtext. */
  static Optional<String> encode(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7f) {
        return Optional.empty();
      }
      if (c > ' ' && c < 0x7f && c != '+' && c != '=') {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "+%02X", (int) c));
      }
    }
    return Optional.of(out.toString());
  }

  /** An address with its type before a semicolon ({@code rfc822;ann@example.org}), encoded. */
  static String typedAddress(String typed, LineForm form) {
    int semicolon = typed.indexOf(';');
    String type = semicolon < 0 ? "rfc822" : typed.substring(0, semicolon).strip();
    String address = typed.substring(semicolon + 1).strip();
    return encode(address)
        .map(ascii -> type + ";" + ascii)
        .orElseGet(() -> "utf-8;" + utf8Address(address, form));
  }

  /** RFC 6533, 3: utf-8-addr-unitext where the session has UTF-8, else utf-8-addr-xtext. */
  private static String utf8Address(String address, LineForm form) {
    StringBuilder out = new StringBuilder();
    address
        .codePoints()
        .forEach(
            c -> {
              boolean plain =
                  c > 0x7f
                      ? form == LineForm.UTF8
                      : c > ' ' && c < 0x7f && c != '+' && c != '=' && c != '\\';
              if (plain) {
                out.appendCodePoint(c);
              } else {
                out.append(String.format(Locale.ROOT, "\\x{%02X}", c));
              }
            });
    return out.toString();
  }
}
