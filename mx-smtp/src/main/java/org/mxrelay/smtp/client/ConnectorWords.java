package org.mxrelay.smtp.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mxrelay.address.IpAddress;
import org.mxrelay.smtp.services.OptionWords;
import org.mxrelay.smtp.transport.Connector;
import org.mxrelay.smtp.transport.ProxyProtocol;
import org.mxrelay.smtp.transport.Socks5;

/** Who makes the connections, from options in words. Stateless. */
final class ConnectorWords {

  static final Map<String, String> OPTIONS =
      Map.of(
          "source-address", "from which address of the host's, or of the proxy's; one a family",
          "socks5", "HOST:PORT of a SOCKS 5 proxy",
          "socks5-user", "who to log in as at that proxy",
          "socks5-password-file", "a file whose first line is the password for it",
          "proxy-protocol", "v1 or v2: begin with a header of HAProxy's PROXY protocol",
          "proxy-via", "HOST:PORT of the proxy that reads it; else the exchange itself");

  private static final Pattern HOST_PORT = Pattern.compile("(\\[[^]]+]|[^:\\[\\]]+):(\\d{1,5})");

  private ConnectorWords() {}

  static Connector connector(OptionWords words) {
    InetAddress[] sources = sources(words);
    Optional<InetSocketAddress> via = words.text("proxy-via").map(t -> at(words, "proxy-via", t));
    if (via.isPresent()) {
      words.required("source-address");
      words.required("proxy-protocol");
      return proxy(words).via(via.get(), sources);
    }
    Connector direct = sources.length == 0 ? Connector.direct() : Connector.from(sources);
    Connector through = words.text("socks5").isPresent() ? socks(words, direct) : direct;
    return words.text("proxy-protocol").isPresent() ? proxy(words).over(through) : through;
  }

  private static ProxyProtocol proxy(OptionWords words) {
    return words.oneOf("proxy-protocol", "v1", "v2").filter("v1"::equals).isPresent()
        ? ProxyProtocol.v1()
        : ProxyProtocol.v2();
  }

  private static Connector socks(OptionWords words, Connector over) {
    Socks5 socks = Socks5.at(at(words, "socks5", words.required("socks5"))).over(over);
    return words
        .text("socks5-user")
        .map(user -> socks.login(user, SmartHostWords.firstLine(words, "socks5-password-file")))
        .orElse(socks);
  }

  private static InetAddress[] sources(OptionWords words) {
    String text = words.text("source-address").orElse("").strip();
    InetAddress[] sources =
        Arrays.stream(text.isEmpty() ? new String[0] : text.split("\\s+"))
            .map(
                one ->
                    IpAddress.find(one)
                        .orElseThrow(
                            () -> words.refused("source-address", text, "not an address: " + one)))
            .toArray(InetAddress[]::new);
    if (Arrays.stream(sources).map(InetAddress::getClass).distinct().count() < sources.length) {
      throw words.refused("source-address", text, "two of one family");
    }
    return sources;
  }

  private static InetSocketAddress at(OptionWords words, String option, String text) {
    Matcher m = HOST_PORT.matcher(text);
    int port = m.matches() ? Integer.parseInt(m.group(2)) : 0;
    if (port < 1 || port > 65535) {
      throw words.refused(option, text, "not HOST:PORT");
    }
    InetSocketAddress address = new InetSocketAddress(m.group(1).replaceAll("[\\[\\]]", ""), port);
    if (address.isUnresolved()) {
      throw words.refused(option, text, "the host has no address");
    }
    return address;
  }
}
