package org.mxrelay.examples.cli;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where to listen or connect: {@code 127.0.0.1:2525}, {@code [::1]:2525}. */
final class ListenAddress implements ITypeConverter<InetSocketAddress> {

  private static final Pattern SYNTAX = Pattern.compile("(\\[[^]]+]|[^:\\[\\]]+):(\\d{1,5})");

  @Override
  public InetSocketAddress convert(String text) {
    Matcher m = SYNTAX.matcher(text);
    if (!m.matches()) {
      throw new TypeConversionException("'" + text + "' is not HOST:PORT");
    }
    int port = Integer.parseInt(m.group(2));
    if (port > 65535) {
      throw new TypeConversionException("'" + text + "': a port is 0 to 65535");
    }
    InetSocketAddress address = new InetSocketAddress(m.group(1).replaceAll("[\\[\\]]", ""), port);
    if (address.isUnresolved()) {
      throw new TypeConversionException("'" + text + "': the host has no address");
    }
    return address;
  }
}
