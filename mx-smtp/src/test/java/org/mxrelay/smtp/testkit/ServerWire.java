package org.mxrelay.smtp.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.mxrelay.testkit.TestCertificate;

/** The bytes of a session: a buffer of what came, a record of both directions, TLS on top. */
final class ServerWire {

  private final Socket raw;
  private final RecordedSession record;
  private final byte[] buffer = new byte[16 * 1024];
  private int next;
  private int end;
  private InputStream in;
  private OutputStream out;
  private SSLSocket tls;

  ServerWire(Socket raw, RecordedSession record) throws IOException {
    this.raw = raw;
    this.record = record;
    this.in = raw.getInputStream();
    this.out = raw.getOutputStream();
    raw.setTcpNoDelay(true);
  }

  /** The next octet, or -1 at the end. */
  int read() throws IOException {
    if (next == end) {
      next = 0;
      end = Math.max(0, in.read(buffer));
      if (end == 0) {
        return -1;
      }
      record.received(buffer, 0, end);
    }
    return buffer[next++] & 0xff;
  }

  int readOrFail() throws IOException {
    int b = read();
    if (b < 0) {
      throw new EOFException("the client closed the connection");
    }
    return b;
  }

  /** The next line up to its LF, its CR included; null at the end. */
  String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = read(); b != '\n'; b = read()) {
      if (b < 0) {
        return null;
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  byte[] readExactly(int count) throws IOException {
    byte[] all = new byte[count];
    for (int i = 0; i < count; i++) {
      all[i] = (byte) readOrFail();
    }
    return all;
  }

  void readToEnd() throws IOException {
    while (read() >= 0) {
      next = end;
    }
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    record.sent(bytes);
  }

  void handshake(TestCertificate certificate) throws IOException {
    // RFC 3207, 4.2: what the client sent before is forgotten.
    next = end;
    tls =
        (SSLSocket)
            certificate.serverContext().getSocketFactory().createSocket(raw, null, 25, false);
    tls.setUseClientMode(false);
    tls.startHandshake();
    in = tls.getInputStream();
    out = tls.getOutputStream();
    record.encrypted(serverName());
  }

  private String serverName() {
    return ((ExtendedSSLSession) tls.getSession())
        .getRequestedServerNames().stream()
            .filter(SNIHostName.class::isInstance)
            .map(name -> ((SNIHostName) name).getAsciiName())
            .findFirst()
            .orElse("");
  }

  /**
   * Waits until the client has sent something. Whatever it was stays to be read, but not by TLS.
   */
  void awaitInput() throws IOException {
    if (read() >= 0) {
      next--;
    }
  }

  /** RFC 8446, 6: a fatal alert, as a server sends it that has no keys yet. */
  void alert() throws IOException {
    raw.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
  }

  void leaveTls(byte[] plaintext) throws IOException {
    tls.shutdownOutput();
    out = raw.getOutputStream();
    send(plaintext);
  }

  void reset() throws IOException {
    raw.setSoLinger(true, 0);
    raw.close();
  }

  void close() throws IOException {
    raw.close();
  }
}
