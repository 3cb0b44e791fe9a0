package org.mxrelay.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.mxrelay.address.Domain;

/**
 * Asks a host for its policy over TLS, at an address given. The JDK's own client cannot be told the
 * address, and follows the DNS a second time. Immutable.
 *
 * @param trust whose certificates are believed
 * @param port where HTTPS listens
 */
record HttpsGet(SSLContext trust, int port) {

  private static final int HTTPS = 443;
  private static final int CONNECT_MILLIS = 15_000;

  /**
   * The policy, or why what was sent is none.
   *
   * @throws IOException if the host cannot be reached, is not who it should be, does not speak HTTP
   *     properly or not in time
   */
  PolicyAnswer get(Domain host, InetAddress address, FetchDeadline deadline) throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      deadline.watch(channel);
      Socket raw = channel.socket();
      raw.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      // Not closed by itself: its farewell could block, and the connection below ends anyway.
      SSLSocket tls = over(raw, host);
      tls.startHandshake();
      tls.getOutputStream().write(request(host));
      return PolicyResponse.read(tls.getInputStream());
    }
  }

  private SSLSocket over(Socket raw, Domain host) throws IOException {
    SSLSocket tls =
        (SSLSocket) trust.getSocketFactory().createSocket(raw, host.name(), port, false);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setServerNames(List.of(serverName(host)));
    // RFC 8461, 3.3: a DNS name of the certificate, wildcards for one label, PKIX.
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    return tls;
  }

  private static SNIHostName serverName(Domain host) throws IOException {
    try {
      return new SNIHostName(host.name());
    } catch (IllegalArgumentException e) {
      throw new IOException("TLS has no name for " + host, e);
    }
  }

  private byte[] request(Domain host) {
    String authority = port == HTTPS ? host.name() : host.name() + ":" + port;
    String text =
        "GET /.well-known/mta-sts.txt HTTP/1.1\r\n"
            + ("Host: " + authority + "\r\n")
            + "User-Agent: mxrelay\r\n"
            + "Accept: text/plain\r\n"
            + "Accept-Encoding: identity\r\n"
            + "Connection: close\r\n\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
