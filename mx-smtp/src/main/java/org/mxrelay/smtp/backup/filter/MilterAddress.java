package org.mxrelay.smtp.backup.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import org.mxrelay.smtp.backup.ClientFacts;

/** The client as a milter is told of it. */
final class MilterAddress {

  private MilterAddress() {}

  static MilterPacket packet(ClientFacts client) {
    String address = client.address().getHostAddress();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    // As Sendmail does it where there is no name.
    data.writeBytes(MilterPacket.text(client.name().orElse("[" + address + "]")));
    data.write(client.address() instanceof Inet6Address ? '6' : '4');
    // The client's port is not known here, and of no use.
    data.write(0);
    data.write(0);
    data.writeBytes(withoutScope(address).getBytes(UTF_8));
    data.write(0);
    return new MilterPacket(MilterPacket.CONNECT, data.toByteArray());
  }

  private static String withoutScope(String address) {
    int percent = address.indexOf('%');
    return percent < 0 ? address : address.substring(0, percent);
  }
}
