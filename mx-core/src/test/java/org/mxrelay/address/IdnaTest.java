package org.mxrelay.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class IdnaTest {

  @Test
  void icuOnThePath_isChosen() {
    assertInstanceOf(IcuIdnaMapper.class, Idna.mapper());
  }

  @Test
  void icuNotOnThePath_refusesWhatTheJdkWouldMisname() throws Exception {
    try (URLClassLoader bare = withoutIcu()) {
      assertEquals("xn--bcher-kva.example", of(bare, "b\u00fccher.example"));
      assertEquals("xn--fa-hia.de", of(bare, "xn--fa-hia.de"));
      assertEquals("example.org", of(bare, "Example.org"));
      Throwable refused =
          assertThrows(InvocationTargetException.class, () -> of(bare, "fa\u00df.de")).getCause();
      assertEquals(InvalidAddressException.class.getName(), refused.getClass().getName());
      assertTrue(refused.getMessage().contains("add ICU4J"), refused.getMessage());
    }
  }

  /** The classes of mx-core and the JDK, and nothing else. */
  private static URLClassLoader withoutIcu() {
    URL classes = Domain.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
  }

  private static String of(ClassLoader loader, String text) throws ReflectiveOperationException {
    Class<?> domain = loader.loadClass(Domain.class.getName());
    return domain.getMethod("of", String.class).invoke(null, text).toString();
  }
}
