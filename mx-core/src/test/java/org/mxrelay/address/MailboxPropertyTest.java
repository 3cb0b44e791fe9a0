package org.mxrelay.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mxrelay.checks.Property;

class MailboxPropertyTest {

  private static final String NASTY =
      "\"\\@.<>()[],:; ab1-_%!\r\n\u0000\t\u007f\u0085\u00a0\u010d\u010a\u013e\u560a\u2028\u202e"
          + "\ud800\udc00\uff20\u3002\u200d\u00df";
  private static final String DOMAIN = "ab.-[1]:@\"\u00fc\r";
  private static final String SPEAKABLE =
      "\"\\@.()[],:; ab1-_%!\u00a0\u010d\u010a\u013e\u560a\u3000\uff20\u200d\u00df";

  @Test
  @Tag("property")
  void anyText_isRefusedOrSafeAndStable() {
    AtomicInteger taken = new AtomicInteger();
    Property.holds(
        10_000,
        random -> {
          String domain = random.nextBoolean() ? "x.example" : text(random, DOMAIN, 3);
          String input = text(random, NASTY, random.nextInt(10)) + "@" + domain;
          try {
            requireSafeAndStable(Mailbox.parse(input));
            taken.incrementAndGet();
          } catch (InvalidAddressException refused) {
            assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl));
          }
        });
    assertTrue(taken.get() > 300, "too few were taken to show anything: " + taken);
  }

  @Test
  @Tag("property")
  void anyQuotedContent_survivesHoweverItIsEscaped() {
    Property.holds(
        3_000,
        random -> {
          String content = text(random, SPEAKABLE, 12);
          Mailbox once = Mailbox.parse(quoted(random, content) + "@x.example");
          Mailbox again = Mailbox.parse(quoted(random, content) + "@X.example");
          assertEquals(once, again, content);
          assertEquals(content, unquoted(once.localPart()));
          requireSafeAndStable(once);
        });
  }

  @Test
  @Tag("property")
  void anyDotString_staysAsItIs() {
    Property.holds(
        3_000,
        random -> {
          String local = text(random, "ab1!#$%&'*+-/=?^_`{|}~\u00fc\u010d\u7528", 5) + "." + "x";
          local = local.startsWith(".") ? "y" + local : local;
          assertEquals(local, Mailbox.parse(local + "@x.example").localPart());
        });
  }

  private static void requireSafeAndStable(Mailbox mailbox) {
    String wire = mailbox.toString();
    assertEquals(mailbox, Mailbox.parse(wire));
    assertTrue(wire.getBytes(StandardCharsets.UTF_8).length <= 254);
    assertEquals(
        wire,
        new String(wire.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
        "survives as UTF-8");
    for (byte octet : wire.getBytes(StandardCharsets.UTF_8)) {
      assertFalse((octet >= 0 && octet < ' ') || octet == 0x7f, wire);
      assertFalse(octet == '<' || octet == '>', wire);
    }
    if (!mailbox.localPart().startsWith("\"")) {
      assertTrue(mailbox.localPart().chars().noneMatch(c -> "\"\\@()[],:; ".indexOf(c) >= 0), wire);
    }
    assertTrue(mailbox.destination().toString().matches("[a-z0-9._-]+|\\[(IPv6:)?[0-9a-f.:]+]"));
  }

  private static String text(RandomGenerator random, String alphabet, int most) {
    StringBuilder out = new StringBuilder();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }

  private static String quoted(RandomGenerator random, String content) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : content.toCharArray()) {
      boolean must = c == '"' || c == '\\';
      out.append(must || (c < 0x7f && random.nextBoolean()) ? "\\" : "").append(c);
    }
    return out.append('"').toString();
  }

  private static String unquoted(String local) {
    return local.startsWith("\"")
        ? local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1")
        : local;
  }
}
