package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.AddressLiteral;
import org.mxrelay.address.Domain;

class SelfNamesTest {

  @Test
  void namesAndAddresses_areToldApart() throws Exception {
    SelfNames self =
        SelfNames.of(List.of("MX2.Example.ORG.", "192.0.2.1", "[IPv6:2001:db8::1]", "2001:db8::2"));
    assertTrue(self.includes(Domain.of("mx2.example.org")));
    assertFalse(self.includes(Domain.of("example.org")));
    for (String ours : List.of("192.0.2.1", "2001:db8::1", "2001:db8:0::2")) {
      assertTrue(self.includes(InetAddress.getByName(ours)), ours);
    }
    assertFalse(self.includes(InetAddress.getByName("192.0.2.2")));
  }

  /** A literal keeps the form in which it was written, and leads to the same host. */
  @Test
  void mappedForm_isTheSameAddress() {
    InetAddress mapped = AddressLiteral.parse("[IPv6:::ffff:192.0.2.1]").address();
    assertTrue(SelfNames.of(List.of("192.0.2.1")).includes(mapped));
    assertTrue(new SelfNames(Set.of(), Set.of(mapped)).includes(mapped));
  }

  @Test
  void none_includesNobody() throws Exception {
    assertFalse(SelfNames.NONE.includes(Domain.of("localhost")));
    assertFalse(SelfNames.NONE.includes(InetAddress.getLoopbackAddress()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "mx 2", "a..b", "http://mx2"})
  void whatIsNeither_isRefusedByName(String text) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> SelfNames.of(List.of(text)));
    assertTrue(e.getMessage().startsWith("self must be"), e.getMessage());
    assertEquals(true, e.getMessage().contains("'" + text + "'"), e.getMessage());
  }
}
