package org.mxrelay.smtp.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.Receipt;
import org.mxrelay.smtp.checks.ObservedRelay;

/** A relay as a JMX client sees it: by names alone. */
final class RelayBeanTest {

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();

  private Object call(ObjectName name, String operation, String argument) throws Exception {
    String[] signature = {String.class.getName()};
    return server.invoke(name, operation, new Object[] {argument}, signature);
  }

  @Test
  void registeredRelay_showsItsNumbersAndDoesAsItIsTold() throws Exception {
    ObjectName name = new ObjectName("org.mxrelay:type=Relay,name=billing");
    try (ObservedRelay observed = new ObservedRelay();
        MxRelay relay = observed.builder().start()) {
      RelayBean bean = RelayBean.register(relay, server, "billing");
      server.invoke(name, "pause", null, null);
      assertEquals("PAUSED", server.getAttribute(name, "State"));
      Receipt receipt = ObservedRelay.submit(relay, "ann@example.org");
      assertEquals(1L, server.getAttribute(name, "Due"));
      assertEquals(0L, server.getAttribute(name, "Held"));
      assertTrue((double) server.getAttribute(name, "OldestDueSeconds") >= 0);
      String[] why = (String[]) call(name, "explain", receipt.id().value());
      assertTrue(why[0].contains("the relay is paused"), why[0]);
      assertArrayEquals(
          new String[] {"m-0 is not known here"}, (String[]) call(name, "explain", "m-0"));
      assertEquals(0, call(name, "flush", "example.org"));
      server.invoke(name, "resume", null, null);
      assertTrue(relay.drain(ObservedRelay.LONG));
      assertEquals("WORKING", server.getAttribute(name, "State"));
      assertFalse(((String) server.getAttribute(name, "LastClaim")).isEmpty());
      assertThrows(
          IllegalArgumentException.class, () -> RelayBean.register(relay, server, "billing"));
      bean.close();
      bean.close();
    }
    assertFalse(server.isRegistered(name));
  }
}
