package org.mxrelay.smtp.jakarta;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.MailSSLSocketFactory;
import org.mxrelay.smtp.transport.SessionFacts.Certificate;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;
import org.mxrelay.tls.TlsDemand;

/**
 * Puts TLS on one session as its route demands it; Angus is given this for its socket factory.
 *
 * <p>Confined to the thread that makes the attempt.
 */
final class ExchangeTls extends SSLSocketFactory {

  private final SSLSocketFactory maker;
  private final TlsDemand demand;
  private final BeforeHandshake before;
  private Optional<SSLSocket> made = Optional.empty();

  /** Called when the handshake is about to begin. */
  interface BeforeHandshake {
    void begins() throws IOException;
  }

  private ExchangeTls(SSLSocketFactory maker, TlsDemand demand, BeforeHandshake before) {
    this.maker = maker;
    this.demand = demand;
    this.before = before;
  }

  /**
   * @param verifying whose certificates count where the route demands it; default: the JDK's
   */
  static ExchangeTls of(Optional<SSLContext> verifying, TlsDemand demand, BeforeHandshake before) {
    try {
      return new ExchangeTls(
          demand.isVerified() ? verifying(verifying) : acceptingAnyone(), demand, before);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  private static SSLSocketFactory verifying(Optional<SSLContext> by)
      throws GeneralSecurityException {
    return (by.isPresent() ? by.get() : SSLContext.getDefault()).getSocketFactory();
  }

  /** RFC 7435: where nobody is demanded to be verified, any certificate beats plaintext. */
  private static SSLSocketFactory acceptingAnyone() throws GeneralSecurityException {
    MailSSLSocketFactory anyone = new MailSSLSocketFactory();
    anyone.setTrustAllHosts(true);
    return anyone;
  }

  /** What the handshake came to; empty before there was one. */
  Optional<TlsFacts> facts() {
    return made.map(
        socket ->
            new TlsFacts(
                socket.getSession().getProtocol(),
                socket.getSession().getCipherSuite(),
                demand.isVerified() ? Certificate.VERIFIED : Certificate.UNVERIFIED,
                demand.reason(),
                Optional.empty()));
  }

  @Override
  public SSLSocket createSocket(Socket over, String host, int port, boolean autoClose)
      throws IOException {
    before.begins();
    SSLSocket socket = (SSLSocket) maker.createSocket(over, host, port, autoClose);
    if (demand.isVerified()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
    made = Optional.of(socket);
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return maker.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return maker.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw connectionsAreTheConnectors();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connectionsAreTheConnectors();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw connectionsAreTheConnectors();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw connectionsAreTheConnectors();
  }

  private static IOException connectionsAreTheConnectors() {
    return new IOException("a connection that is not to the checked address of the route");
  }
}
