package org.mxrelay.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Trusts the authorities of a PEM file beside those of the JDK. */
final class TrustFile {

  private TrustFile() {}

  static SSLContext context(Path pem) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusting(pem), null);
      return context;
    } catch (IOException | CertificateException e) {
      throw UsageError.of("--trust", pem.toString(), Failures.reading(e));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no TLS", e);
    }
  }

  private static TrustManager[] trusting(Path pem) throws IOException, GeneralSecurityException {
    List<Certificate> all = new ArrayList<>(authorities(pem));
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager x509) {
        all.addAll(Arrays.asList(x509.getAcceptedIssuers()));
      }
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < all.size(); i++) {
      store.setCertificateEntry("ca-" + i, all.get(i));
    }
    return managers(store);
  }

  private static List<X509Certificate> authorities(Path pem)
      throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(pem)) {
      List<X509Certificate> found = new ArrayList<>();
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        found.add((X509Certificate) c);
      }
      if (found.isEmpty()) {
        throw new CertificateException("no certificate in it");
      }
      return found;
    }
  }

  /** Of a key store, or of the JDK's own where there is none. */
  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
