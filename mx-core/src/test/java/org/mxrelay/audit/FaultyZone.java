package org.mxrelay.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A zone of {@code zones.txt}, and what is to be found in it. */
final class FaultyZone {

  private static final List<String> HEALTHY =
      List.of(
          "example.org. 3600 MX 10 mx1.example.org.",
          "example.org. 3600 MX 20 mx2.example.org.",
          "mx1.example.org. 3600 A 192.0.2.1",
          "mx1.example.org. 3600 AAAA 2001:db8:1::1",
          "mx2.example.org. 3600 A 198.51.100.1",
          "mx2.example.org. 3600 AAAA 2001:db8:2::1",
          "_mta-sts.example.org. 3600 TXT \"v=STSv1; id=1;\"",
          "mta-sts.example.org. 3600 A 127.0.0.1");

  final String name;
  final List<String> lines = new ArrayList<>(HEALTHY);
  final List<String> failing = new ArrayList<>();
  final List<String> expected = new ArrayList<>();
  String policy = "enforce 604800 *.example.org";

  private FaultyZone(String name) {
    this.name = name;
  }

  static List<FaultyZone> all() {
    List<FaultyZone> zones = new ArrayList<>();
    for (String line : text().split("\n", -1)) {
      if (line.startsWith("zone ")) {
        zones.add(new FaultyZone(line.substring(5)));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        zones.get(zones.size() - 1).read(line);
      }
    }
    return zones;
  }

  private void read(String line) {
    String rest = line.substring(Math.min(2, line.length()));
    switch (line.charAt(0)) {
      case '-' -> lines.removeIf(l -> HEALTHY.contains(l) && l.startsWith(rest));
      case '=' -> expected.add(rest);
      case '!' -> failing.add(rest);
      default -> {
        if (line.startsWith("policy ")) {
          policy = line.substring(7);
        } else {
          lines.add(line);
        }
      }
    }
  }

  /** The policy as its host serves it. */
  String policyText() {
    String[] words = policy.split(" ");
    StringBuilder text = new StringBuilder("version: STSv1\nmode: " + words[0] + "\n");
    for (int i = 2; i < words.length; i++) {
      text.append("mx: ").append(words[i]).append('\n');
    }
    return text.append("max_age: ").append(words[1]).append('\n').toString();
  }

  private static String text() {
    try (var in = FaultyZone.class.getResourceAsStream("zones.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
