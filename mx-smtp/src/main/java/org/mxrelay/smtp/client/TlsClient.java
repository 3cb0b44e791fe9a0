package org.mxrelay.smtp.client;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.transport.SessionFacts.Certificate;
import org.mxrelay.smtp.transport.SessionFacts.SeenCertificate;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;
import org.mxrelay.tls.DaneIdentity;
import org.mxrelay.tls.TlsDemand;

/**
 * Puts TLS on a connection as a route demands it.
 *
 * <p>Immutable.
 */
final class TlsClient {

  private final SSLContext verifying;
  private final SSLContext accepting;
  private final InstantSource clock;

  /**
   * @param verifying whose certificates count; the JDK's trust if empty
   * @param clock by what certificates under TLSA records are in time
   */
  TlsClient(Optional<SSLContext> verifying, InstantSource clock) {
    this.clock = clock;
    try {
      this.verifying = verifying.isPresent() ? verifying.get() : SSLContext.getDefault();
      this.accepting = trusting(new AcceptAnyone());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  /** A socket on top of a connected one, before its handshake. */
  SSLSocket over(Socket raw, Route route, TlsDemand demand) throws IOException {
    // RFC 7672, 8.1: the server may have a certificate for each of its names.
    String name = demand.dane().map(DaneIdentity::base).orElse(route.exchange());
    SSLContext context = context(demand);
    String peer = withoutBrackets(name);
    // Sessions are resumed by name and port: those of the exchange, not of a proxy before it.
    int port = route.address().getPort();
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, peer, port, true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setServerNames(serverNames(name));
    if (demand.isVerified() && demand.dane().isEmpty()) {
      // RFC 6125 as HTTPS has it: a DNS name of the certificate, wildcards for one label.
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    tls.setSSLParameters(parameters);
    return tls;
  }

  /** What a handshake that succeeded came to. */
  static TlsFacts facts(SSLSocket tls, TlsDemand demand) {
    Optional<SeenCertificate> seen =
        certificates(tls).stream().findFirst().map(PeerCertificate::of).map(PeerCertificate::seen);
    return new TlsFacts(
        tls.getSession().getProtocol(),
        tls.getSession().getCipherSuite(),
        certificate(demand),
        demand.reason(),
        seen);
  }

  private static Certificate certificate(TlsDemand demand) {
    if (demand.dane().isPresent()) {
      return Certificate.DANE;
    }
    return demand.isVerified() ? Certificate.VERIFIED : Certificate.UNVERIFIED;
  }

  private SSLContext context(TlsDemand demand) throws IOException {
    if (demand.dane().isEmpty()) {
      return demand.isVerified() ? verifying : accepting;
    }
    try {
      // One for each connection: no session of another identity may be resumed.
      return trusting(new DaneTrust(demand.dane().get(), clock));
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS for TLSA records", e);
    }
  }

  private static SSLContext trusting(X509ExtendedTrustManager manager)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {manager}, null);
    return context;
  }

  /** What the peer showed in a handshake that succeeded. */
  static List<X509Certificate> certificates(SSLSocket tls) {
    try {
      return Stream.of(tls.getSession().getPeerCertificates())
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // a cipher suite without certificates
    }
  }

  private static List<SNIServerName> serverNames(String exchange) {
    try {
      return exchange.startsWith("[") ? List.of() : List.of(new SNIHostName(exchange));
    } catch (IllegalArgumentException e) {
      // RFC 6066, 3: a name that DNS has but SNI cannot carry (an underscore) is not sent.
      return List.of();
    }
  }

  private static String withoutBrackets(String exchange) {
    String address =
        exchange.startsWith("[") ? exchange.substring(1, exchange.length() - 1) : exchange;
    return address.startsWith("IPv6:") ? address.substring(5) : address;
  }

  /** RFC 7435: where nobody is demanded to be verified, any certificate beats plaintext. */
  private static final class AcceptAnyone extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
