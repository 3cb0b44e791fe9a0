package org.mxrelay.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Whatever is given for an address, what comes of it is safe on the wire and stays the same. */
class AddressFuzzTest {

  private static final IdnaMapper ICU = new IcuIdnaMapper();
  private static final IdnaMapper JDK = new JdkIdnaMapper();

  /** UTF-8, or UTF-16 behind a byte that UTF-8 does not have, for the surrogates. */
  @FuzzTest(maxDuration = "2m")
  void anyText(byte[] input) {
    boolean wide = input.length > 0 && input[0] == (byte) 0xfe;
    Charset charset = wide ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    String text = new String(input, wide ? 1 : 0, input.length - (wide ? 1 : 0), charset);
    stable(text, Mailbox::parse).ifPresent(mailbox -> requireWire(mailbox.toString(), 254));
    stable(text, Destination::parse).ifPresent(to -> requireWire(to.toString(), 253));
    stable(text, ReversePath::parse).ifPresent(path -> requireWire(path.toString(), 254));
    stable(text, Domain::of)
        .ifPresent(domain -> assertEquals(domain, new Domain(domain.name()), "canonical"));
    read(text, IpAddress::parse)
        .ifPresent(a -> assertEquals(a, IpAddress.parse(IpAddress.format(a))));
    assertEquals(
        IpAddress.find(text), IpAddress.find(text).map(IpAddress::format).map(IpAddress::parse));
    if (text.length() <= 300) {
      requireSameName(text);
    }
  }

  private static <T> Optional<T> stable(String text, Function<String, T> parser) {
    Optional<T> read = read(text, parser);
    read.ifPresent(
        value -> {
          assertEquals(value, parser.apply(value.toString()), "read again");
          assertEquals(value.toString(), parser.apply(value.toString()).toString());
        });
    return read;
  }

  private static <T> Optional<T> read(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (InvalidAddressException refused) {
      assertTrue(refused.getMessage().codePoints().noneMatch(Characters::isUnspeakable), "message");
      assertTrue(refused.getMessage().length() < 5_000, "message");
      return Optional.empty();
    }
  }

  private static void requireWire(String wire, int most) {
    byte[] octets = wire.getBytes(StandardCharsets.UTF_8);
    assertTrue(octets.length <= most, wire);
    assertEquals(wire, new String(octets, StandardCharsets.UTF_8), "survives as UTF-8");
    for (byte octet : octets) {
      assertTrue((octet < 0 || octet >= ' ') && octet != 0x7f, wire);
      assertTrue(octet != '<' && octet != '>', wire);
    }
  }

  /** Without ICU4J a name is the same name, or an error. */
  private static void requireSameName(String text) {
    Optional<String> mine = mapped(JDK, text);
    Optional<String> theirs = mine.isPresent() ? mapped(ICU, text) : Optional.empty();
    if (mine.isPresent() && theirs.isPresent()) {
      assertEquals(theirs, mine);
    }
  }

  private static Optional<String> mapped(IdnaMapper mapper, String text) {
    try {
      String ascii = Characters.lowerAscii(mapper.toAscii(text));
      ALabel.requireAllValid(ascii);
      return Optional.of(ascii);
    } catch (InvalidAddressException e) {
      return Optional.empty();
    }
  }
}
