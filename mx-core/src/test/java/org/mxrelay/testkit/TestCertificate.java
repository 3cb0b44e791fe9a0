package org.mxrelay.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for a DNS name, made in this process.
 *
 * <p>Immutable.
 */
public final class TestCertificate {

  private static final Map<String, TestCertificate> MADE = new ConcurrentHashMap<>();
  private static final String CENTURY = "21200101000000Z";
  private static final String PAST = "20210101000000Z";
  private static final char[] PASSWORD = "test".toCharArray();

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final SSLContext server;
  private final SSLContext trusting;

  /**
   * @param issuer who signed it; nobody if it signed itself
   */
  private TestCertificate(
      X509Certificate certificate, PrivateKey key, Optional<TestCertificate> issuer)
      throws GeneralSecurityException, IOException {
    this.certificate = certificate;
    this.key = key;
    X509Certificate root = issuer.map(TestCertificate::x509).orElse(certificate);
    this.server =
        serverContext(
            key,
            issuer.isPresent()
                ? new Certificate[] {certificate, root}
                : new Certificate[] {certificate});
    this.trusting = trustingContext(root);
  }

  /** The certificate of that name, which signs itself; the same one each time. */
  public static TestCertificate of(String dnsName) {
    return MADE.computeIfAbsent(dnsName, name -> make(name, CENTURY, Optional.empty()));
  }

  /** A certificate of that name, signed by that of the other name. */
  public static TestCertificate signedBy(String authority, String dnsName) {
    return make(dnsName, CENTURY, Optional.of(of(authority)));
  }

  /** The same, but its validity ended with the year 2020. */
  public static TestCertificate expired(String authority, String dnsName) {
    return make(dnsName, PAST, Optional.of(of(authority)));
  }

  /** A certificate that signs itself, and may sign others; its validity ended with 2020. */
  public static TestCertificate expired(String dnsName) {
    return make(dnsName, PAST, Optional.empty());
  }

  /** A certificate of that name, signed by this one. */
  public TestCertificate issue(String dnsName) {
    return make(dnsName, CENTURY, Optional.of(this));
  }

  /** The certificate itself. */
  public X509Certificate x509() {
    return certificate;
  }

  /** What a server needs that shows this certificate. */
  public SSLContext serverContext() {
    return server;
  }

  /** What a client needs that trusts whoever signed this certificate, and nobody else. */
  public SSLContext trustingContext() {
    return trusting;
  }

  private static SSLContext serverContext(PrivateKey key, Certificate[] chain)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry("server", key, PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext trustingContext(X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setCertificateEntry("trusted", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  private static TestCertificate make(
      String dnsName, String notAfter, Optional<TestCertificate> issuer) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      String signer = issuer.map(TestCertificate::dnsName).orElse(dnsName);
      byte[] body =
          Der.certificateBody(
              new Der.Names(dnsName, signer, notAfter), pair.getPublic().getEncoded());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(issuer.map(by -> by.key).orElse(pair.getPrivate()));
      signature.update(body);
      byte[] whole = Der.signed(body, signature.sign());
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(whole));
      return new TestCertificate(certificate, pair.getPrivate(), issuer);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String dnsName() {
    return certificate.getSubjectX500Principal().getName().substring("CN=".length());
  }
}
