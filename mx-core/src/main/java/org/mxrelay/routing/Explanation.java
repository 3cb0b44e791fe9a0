package org.mxrelay.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mxrelay.address.IpAddress;

/** Tells people what was decided and why, one line an exchange. */
final class Explanation {

  private Explanation() {}

  static List<String> of(RouteDecision decision) {
    List<String> lines =
        new ArrayList<>(
            decision.<List<String>>fold(
                Explanation::exchanges,
                d -> List.of("defer " + d.status() + ": " + d.why()),
                f -> List.of("fail " + f.status() + ": " + f.why())));
    decision.trail().notes().forEach(n -> lines.add(line(n)));
    return List.copyOf(lines);
  }

  private static List<String> exchanges(RouteDecision.Attempt attempt) {
    Map<String, List<String>> addresses = new LinkedHashMap<>();
    for (Route r : attempt.routes()) {
      addresses.computeIfAbsent(head(attempt, r), x -> new ArrayList<>()).add(address(r));
    }
    return addresses.entrySet().stream()
        .map(e -> e.getKey() + " at " + String.join(", ", e.getValue()))
        .toList();
  }

  private static String head(RouteDecision.Attempt attempt, Route r) {
    String how =
        switch (r.origin()) {
          case MX -> attempt.isBackup(r) ? "backup" : "exchange";
          case IMPLICIT_MX -> "implicit exchange";
          case LITERAL -> "address literal";
          case STATIC -> "static route";
        };
    return String.format(Locale.ROOT, "%d %s (%s)", r.preference(), r.exchange(), how);
  }

  private static String address(Route r) {
    String text = IpAddress.format(r.address().getAddress());
    int port = r.address().getPort();
    String host = text.indexOf(':') >= 0 ? "[" + text + "]" : text;
    return port == 25 ? text : host + ":" + port;
  }

  private static String line(RouteNote n) {
    String kind = n.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String what = (n.exchange() + " " + n.address()).strip();
    return kind + ": " + (what.isEmpty() ? n.why() : what + ": " + n.why());
  }
}
