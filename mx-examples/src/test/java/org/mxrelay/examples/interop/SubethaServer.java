package org.mxrelay.examples.interop;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mxrelay.testkit.TestCertificate;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.server.SMTPServer;

/** SubEthaSMTP in this process, as applications embed it. */
final class SubethaServer implements AutoCloseable {

  private final List<byte[]> messages = new CopyOnWriteArrayList<>();
  private final SMTPServer server;

  private SubethaServer(String name, int port, TestCertificate certificate) {
    this.server =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName(name)
            // Its default, 0, refuses every message whose size was announced.
            .maxMessageSize(64 * 1024 * 1024)
            .insertReceivedHeaders(false)
            .enableTLS()
            .startTlsSocketFactory(certificate.serverContext())
            .messageHandlerFactory(context -> new Keeping())
            .build();
    server.start();
  }

  static SubethaServer start(String name, int port, TestCertificate certificate) {
    return new SubethaServer(name, port, certificate);
  }

  List<byte[]> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Keeping implements MessageHandler {
    @Override
    public void from(String reversePath) {}

    @Override
    public void recipient(String address) {}

    @Override
    public String data(InputStream message) throws IOException {
      messages.add(message.readAllBytes());
      return null;
    }

    @Override
    public void done() {}
  }
}
