package org.mxrelay.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.xbill.DNS.Address;

/**
 * What dnsjava does not tell of {@code /etc/resolv.conf}: whether the administrator vouches for the
 * way to its servers. Immutable.
 *
 * @param servers those that the file names
 * @param trustAd whether it says {@code options trust-ad}
 */
record ResolvConf(Set<InetAddress> servers, boolean trustAd) {

  ResolvConf {
    servers = Set.copyOf(servers);
  }

  /** A file that is missing or unreadable says nothing. */
  static ResolvConf read(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return parse(lines.toList());
    } catch (IOException | UncheckedIOException | SecurityException e) {
      return new ResolvConf(Set.of(), false);
    }
  }

  static ResolvConf parse(List<String> lines) {
    Set<InetAddress> servers = new HashSet<>();
    boolean trustAd = false;
    for (String line : lines) {
      List<String> words = Arrays.asList(line.trim().split("\\s+"));
      if (words.get(0).equals("nameserver") && words.size() > 1) {
        addLiteral(words.get(1), servers);
      } else if (words.get(0).equals("options")) {
        trustAd |= words.contains("trust-ad");
      }
    }
    return new ResolvConf(servers, trustAd);
  }

  private static void addLiteral(String text, Set<InetAddress> servers) {
    try {
      int family = text.indexOf(':') >= 0 ? Address.IPv6 : Address.IPv4;
      servers.add(Address.getByAddress(text, family)); // never looks a name up
    } catch (UnknownHostException e) {
      // Not an address, so not a server that could be trusted.
    }
  }

  boolean trustsAdOf(InetAddress server) {
    return trustAd && servers.contains(server);
  }
}
