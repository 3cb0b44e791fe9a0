package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.routing.AddressPolicy.Lasting;
import org.mxrelay.routing.AddressPolicy.Refusal;

class PublicAddressesTest {

  @ParameterizedTest(name = "{0} {1}")
  @CsvFileSource(resources = "addresses.csv", numLinesToSkip = 1)
  void address_isRefusedOrNot(String text, String why, Lasting lasting) throws Exception {
    Optional<Refusal> expected =
        why.equals("public") ? Optional.empty() : Optional.of(new Refusal(why, lasting));
    assertEquals(expected, AddressPolicy.publicOnly().check(InetAddress.getByName(text)));
  }

  /** The JDK reads ::ffff:a.b.c.d as IPv4, but an Inet6Address may hold it all the same. */
  @Test
  void mappedAddressKeptAsIpv6_isJudgedByWhatItCarries() throws Exception {
    AddressPolicy policy = AddressPolicy.publicOnly();
    assertEquals(
        Optional.of(new Refusal("loopback", Lasting.NOWHERE)), policy.check(mapped(127, 0, 0, 1)));
    assertEquals(
        Optional.of(new Refusal("link-local", Lasting.HERE)),
        policy.check(mapped(169, 254, 169, 254)));
    assertEquals(Optional.empty(), policy.check(mapped(192, 0, 2, 1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::a01:203", "2002:a01:203::1", "fd00::1"})
  void openedNetwork_isAllowedInEveryForm(String text) throws Exception {
    AddressPolicy policy = AddressPolicy.publicAnd("10.0.0.0/8", "fd00::/8");
    assertEquals(Optional.empty(), policy.check(InetAddress.getByName(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.0.0", "192.0.2.1", "2001:db8::1"})
  void publicAddress_staysAllowedBesideAnOpenedNetwork(String text) throws Exception {
    assertEquals(
        Optional.empty(), AddressPolicy.publicAnd("10.0.0.0/8").check(InetAddress.getByName(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "192.168.0.1", "fc00::1", "::1"})
  void whatWasNotOpened_staysRefused(String text) throws Exception {
    AddressPolicy policy = AddressPolicy.publicAnd("10.0.0.0/8", "fd00::/8");
    assertEquals(true, policy.check(InetAddress.getByName(text)).isPresent());
  }

  @Test
  void allowAll_refusesNothing() throws Exception {
    assertEquals(
        Optional.empty(), AddressPolicy.allowAll().check(InetAddress.getByName("127.0.0.1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "intranet", "10.0.0.0/33", "10.0.0.1/8", "10.0.0/8", "10.0.0.0/"})
  void notANetwork_isRefusedByName(String text) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> AddressPolicy.publicAnd(text));
    assertEquals(true, e.getMessage().endsWith(": " + text), e.getMessage());
  }

  private static InetAddress mapped(int... octets) throws Exception {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    for (int i = 0; i < 4; i++) {
      bytes[12 + i] = (byte) octets[i];
    }
    return Inet6Address.getByAddress("", bytes, -1);
  }
}
