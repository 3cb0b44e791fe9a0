package org.mxrelay.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.checks.Property;

class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "::, ::",
    "::1, ::1",
    "::0:0:1, ::1",
    "fe80::, fe80::",
    "::ffff:7f00:1, ::ffff:127.0.0.1",
    "::192.0.2.1, ::c000:201",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
  })
  void address_isWrittenCanonically(String text, String canonical) {
    assertEquals(canonical, IpAddress.format(IpAddress.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "01.2.3.4",
        "1.2.3.4.",
        "256.1.1.1",
        "0x1.2.3.4",
        "localhost",
        ":",
        ":::",
        "1:2",
        "::%1",
        "fe80::1%lo",
        "[::1]",
        "1:2:3:4:5:6:7::",
        "::1::",
        "::1.2.3",
        " ::1"
      })
  void otherText_isRefused(String text) {
    assertThrows(InvalidAddressException.class, () -> IpAddress.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "[192.0.2.1], 192.0.2.1",
    "2001:DB8::1, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1",
    "[IPv6:2001:db8::1], 2001:db8::1",
    "[ipv6:::1], ::1",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1"
  })
  void addressAsOwnersWriteIt_isFound(String text, String canonical) {
    assertEquals(Optional.of(canonical), IpAddress.find(text).map(IpAddress::format));
  }

  /** None of them may reach a name service either, or take a form that only some parsers know. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[]",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "010.0.0.1",
        "1.2.3.256",
        "1.2.3.4.5",
        "1:2:3",
        "12345::1",
        "a.b::c",
        "[192.0.2.1",
        "192.0.2.1]",
        "[IPv6:192.0.2.1]",
        "[[::1]]",
        "IPv6:::1",
        "1.2.3.4:25",
        "cafe",
        "dead.beef"
      })
  void whatIsNoAddress_isNotFound(String text) {
    assertEquals(Optional.empty(), IpAddress.find(text));
  }

  @Test
  void octetsOfAnotherNumber_areNoAddress() {
    assertThrows(InvalidAddressException.class, () -> IpAddress.of(new byte[5]));
  }

  @ParameterizedTest
  @CsvSource({"::ffff:192.0.2.1, 192.0.2.1", "192.0.2.1, 192.0.2.1", "2001:db8::1, 2001:db8::1"})
  void mappedAddress_leadsToItsIpv4Address(String text, String reached) {
    assertEquals(IpAddress.parse(reached), IpAddress.unmapped(IpAddress.parse(text)));
  }

  @Test
  @Tag("property")
  void anyIpv6Address_isReadBack() {
    Property.holds(
        5_000,
        random -> {
          byte[] octets = new byte[16];
          for (int i = 0; i < 16; i += 2) {
            if (random.nextInt(3) == 0) {
              octets[i] = (byte) random.nextInt(3);
              octets[i + 1] = (byte) random.nextInt();
            }
          }
          InetAddress address = IpAddress.of(octets);
          String text = IpAddress.format(address);
          assertEquals(address, IpAddress.parse(text), text);
          assertEquals(address, IpAddress.parse(address.getHostAddress()), text);
          // The JDK reads a numeric address without asking anybody, and makes IPv4 of a mapped one.
          assertEquals(text.contains("."), jdk(text).getAddress().length == 4);
          assertTrue(text.contains(".") || jdk(text).equals(address), text);
        });
  }

  @Test
  void mappedAddress_staysIpv6() {
    InetAddress mapped = IpAddress.parse("::ffff:192.0.2.1");
    assertInstanceOf(Inet6Address.class, mapped);
    assertNotEquals(
        AddressLiteral.parse("[192.0.2.1]"), AddressLiteral.parse("[IPv6:::ffff:192.0.2.1]"));
  }

  @Test
  void literal_dropsTheHostName() throws UnknownHostException {
    InetAddress named = InetAddress.getByAddress("mx.example", new byte[] {(byte) 192, 0, 2, 1});
    assertEquals("/192.0.2.1", new AddressLiteral(named).address().toString());
    assertEquals("[192.0.2.1]", new AddressLiteral(named).toString());
  }

  @Test
  void literalWithScope_isRefused() throws UnknownHostException {
    byte[] linkLocal = new byte[16];
    linkLocal[0] = (byte) 0xfe;
    linkLocal[1] = (byte) 0x80;
    InetAddress scoped = Inet6Address.getByAddress(null, linkLocal, 7);
    InvalidAddressException e =
        assertThrows(InvalidAddressException.class, () -> new AddressLiteral(scoped));
    assertEquals("an address with a scope", e.why());
    assertEquals("fe80::", IpAddress.format(scoped));
  }

  private static InetAddress jdk(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(text, e);
    }
  }
}
