package org.mxrelay.examples.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.mxrelay.testkit.Peers;

/**
 * A certificate that openssl made for a server, as files.
 *
 * @param certificate in PEM
 * @param key in PEM
 */
record PeerCertificate(Path certificate, Path key) {

  static PeerCertificate make(Path folder, String name) throws IOException {
    Path openssl = Peers.need("openssl", "openssl");
    PeerCertificate made =
        new PeerCertificate(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    Process process =
        new ProcessBuilder(
                List.of(
                    openssl.toString(),
                    "req",
                    "-x509",
                    "-newkey",
                    "rsa:2048",
                    "-nodes",
                    "-keyout",
                    made.key.toString(),
                    "-out",
                    made.certificate.toString(),
                    "-days",
                    "2",
                    "-subj",
                    "/CN=" + name,
                    "-addext",
                    "subjectAltName=DNS:" + name))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("openssl.log").toFile())
            .start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(Files.readString(folder.resolve("openssl.log")));
    }
    return made;
  }

  /** A client's context of that protocol at most, which trusts this one alone. */
  SSLContext trusting(String protocol) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(certificate)) {
      return trusting(CertificateFactory.getInstance("X.509").generateCertificate(in), protocol);
    }
  }

  static SSLContext trusting(Certificate one, String protocol)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("peer", one);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance(protocol);
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
