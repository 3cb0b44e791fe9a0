package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.ScriptedDnsServer;

/** What is known already costs little: counted in octets, which no busy machine changes. */
class HotLookupTest {

  private static final int TIMES = 2_000;
  private static final Domain EXAMPLE = new Domain("example.org");
  private static final Domain EXCHANGE = new Domain("mx1.example.org");

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ScriptedDnsServer server =
      ScriptedDnsServer.start(
          """
          example.org. 300 MX 10 mx1.example.org.
          example.org. 300 MX 20 mx2.example.org.
          mx1.example.org. 300 A 192.0.2.1
          mx1.example.org. 300 AAAA 2001:db8::1
          """);
  private final DnsClient client = Clients.of(server).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private long octets(Callable<?> lookup) throws Exception {
    for (int i = 0; i < TIMES; i++) {
      lookup.call();
    }
    int asked = server.queries().size();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < TIMES; i++) {
      lookup.call();
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / TIMES;
    assertEquals(asked, server.queries().size(), "all from the cache");
    return each;
  }

  @Test
  void knownExchanges_allocateLittle() throws Exception {
    // 4.9 KB were measured for two exchanges.
    long each = octets(() -> client.exchanges(EXAMPLE));
    assertTrue(each <= 6_144, each + " octets a lookup");
  }

  @Test
  void knownAddresses_allocateLittle() throws Exception {
    // 3.5 KB were measured for an address of each family.
    long each = octets(() -> client.addresses(EXCHANGE));
    assertTrue(each <= 4_608, each + " octets a lookup");
  }
}
