package org.mxrelay.address;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** IPv6 addresses in text: read as RFC 5321, 4.1.3 has them, written as RFC 5952 wants them. */
final class Ipv6Text {

  private static final int GROUPS = 8;
  private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

  private Ipv6Text() {}

  static byte[] parse(String text) {
    String hex = dotsAsGroups(text);
    int gap = hex.indexOf("::");
    List<Integer> head = groups(text, gap < 0 ? hex : hex.substring(0, gap));
    List<Integer> tail = gap < 0 ? List.of() : groups(text, hex.substring(gap + 2));
    int zeros = GROUPS - head.size() - tail.size();
    // RFC 5321, 4.1.3: the "::" represents at least 2 16-bit groups of zeros.
    if (gap < 0 ? zeros != 0 : zeros < 2) {
      throw malformed(text);
    }
    ByteBuffer octets = ByteBuffer.allocate(2 * GROUPS);
    head.forEach(group -> octets.putShort(group.shortValue()));
    octets.position(octets.position() + 2 * zeros);
    tail.forEach(group -> octets.putShort(group.shortValue()));
    return octets.array();
  }

  /** The text with an IPv4 address at its end written as the two groups that it stands for. */
  private static String dotsAsGroups(String text) {
    int end = text.lastIndexOf(':') + 1;
    if (text.indexOf('.', end) < 0) {
      return text;
    }
    ByteBuffer octets = ByteBuffer.wrap(Ipv4Text.parse(text.substring(end)));
    return text.substring(0, end)
        + Integer.toHexString(octets.getShort() & 0xffff)
        + ":"
        + Integer.toHexString(octets.getShort() & 0xffff);
  }

  private static List<Integer> groups(String text, String side) {
    List<Integer> groups = new ArrayList<>();
    for (String group : side.isEmpty() ? new String[0] : side.split(":", -1)) {
      if (!GROUP.matcher(group).matches()) {
        throw malformed(text);
      }
      groups.add(Integer.parseInt(group, 16));
    }
    return groups;
  }

  private static InvalidAddressException malformed(String text) {
    return new InvalidAddressException(
        text, "not an IPv6 address of eight groups, or fewer with one ::, without a scope");
  }

  static String format(byte[] octets) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = ByteBuffer.wrap(octets).getShort(2 * i) & 0xffff;
    }
    if (isMapped(groups)) {
      // RFC 5952, 5: the one prefix that is known without being told.
      byte[] embedded = new byte[4];
      System.arraycopy(octets, 12, embedded, 0, 4);
      return "::ffff:" + Ipv4Text.format(embedded);
    }
    return joined(groups, longestGap(groups));
  }

  private static boolean isMapped(int[] groups) {
    for (int i = 0; i < 5; i++) {
      if (groups[i] != 0) {
        return false;
      }
    }
    return groups[5] == 0xffff;
  }

  /** Start and end of the first longest run of zeros; empty where none has two groups. */
  private static int[] longestGap(int[] groups) {
    int[] longest = {0, 0};
    for (int start = 0; start < GROUPS; start++) {
      int end = start;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      // RFC 5952, 4.2.2 and 4.2.3: never for a single group; of equals, the first.
      if (end - start > 1 && end - start > longest[1] - longest[0]) {
        longest = new int[] {start, end};
      }
    }
    return longest;
  }

  private static String joined(int[] groups, int[] gap) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == gap[0] && gap[1] > gap[0]) {
        out.append("::");
        i = gap[1] - 1;
      } else {
        out.append(out.length() > 0 && i != gap[1] ? ":" : "")
            .append(Integer.toHexString(groups[i]));
      }
    }
    return out.toString();
  }
}
