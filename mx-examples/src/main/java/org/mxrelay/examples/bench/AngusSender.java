package org.mxrelay.examples.bench;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Properties;

/** Angus Mail as it comes, with the message made once. */
final class AngusSender implements Sender {

  /** What becomes of a connection when its message is out. */
  enum Connections {
    NEW,
    REUSED
  }

  private final Transport transport;
  private final Connections connections;
  private final InetSocketAddress to;
  private final MimeMessage message;
  private final Address[] recipients;

  AngusSender(ClientBench.Load load, Connections connections, byte[] letter)
      throws MessagingException {
    Properties options = new Properties();
    options.setProperty("mail.smtp.localhost", "client.example");
    options.setProperty("mail.smtp.from", "bench@client.example");
    if (load.security() == ClientBench.Security.STARTTLS) {
      options.setProperty("mail.smtp.starttls.required", "true");
      // As opportunistic TLS does: the peer's certificate is nobody's business.
      options.setProperty("mail.smtp.ssl.trust", "*");
      options.setProperty("mail.smtp.ssl.checkserveridentity", "false");
    }
    Session session = Session.getInstance(options);
    this.transport = session.getTransport("smtp");
    this.connections = connections;
    this.to = load.to();
    this.message = new MimeMessage(session, new ByteArrayInputStream(letter));
    this.recipients = new Address[] {new InternetAddress("ann@bench.example")};
  }

  @Override
  public void send() throws MessagingException {
    if (!transport.isConnected()) {
      transport.connect(to.getAddress().getHostAddress(), to.getPort(), null, null);
    }
    transport.sendMessage(message, recipients);
    if (connections == Connections.NEW) {
      transport.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      transport.close();
    } catch (MessagingException e) {
      throw new IOException(e);
    }
  }
}
