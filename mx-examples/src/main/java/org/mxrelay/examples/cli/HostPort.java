package org.mxrelay.examples.cli;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a DNS server: {@code 192.0.2.53:53}, {@code [2001:db8::53]:53}, the port 53 if left out.
 */
final class HostPort implements ITypeConverter<InetSocketAddress> {

  private static final Pattern SYNTAX = Pattern.compile("(\\[[^]]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");

  @Override
  public InetSocketAddress convert(String text) {
    Matcher m = SYNTAX.matcher(text);
    if (!m.matches()) {
      throw new TypeConversionException("'" + text + "' is not HOST:PORT");
    }
    int port = m.group(2) == null ? 53 : Integer.parseInt(m.group(2));
    if (port < 1 || port > 65535) {
      throw new TypeConversionException("'" + text + "': a port is 1 to 65535");
    }
    String host = m.group(1).replaceAll("[\\[\\]]", "");
    InetSocketAddress server = new InetSocketAddress(host, port);
    if (server.isUnresolved()) {
      throw new TypeConversionException("'" + text + "': the host has no address");
    }
    return server;
  }
}
