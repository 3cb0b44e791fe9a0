package org.mxrelay.smtp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.client.SmtpTransportFactory;
import org.mxrelay.smtp.jakarta.AngusTransport;

class TransportFactoryTest {

  @TempDir Path path;

  @Test
  void builtInTransports_haveNames() {
    try (Transport smtp = TransportFactory.named("smtp").open(Map.of("helo", "me.example"));
        Transport angus = TransportFactory.named("angus").open(Map.of("timeout-scale", "0.5"))) {
      assertInstanceOf(SmtpTransport.class, smtp);
      assertInstanceOf(AngusTransport.class, angus);
    }
  }

  @Test
  void unknownName_isRefusedWithThoseThatThereAre() {
    String said = refusal(() -> TransportFactory.named("pigeon"));
    assertEquals("transport pigeon: not known; there are [angus, smtp]", said);
  }

  @Test
  void unknownOption_isRefusedWithThoseThatThereAre() {
    String said = refusal(() -> TransportFactory.named("smtp").open(Map.of("hello", "x")));
    assertEquals(
        "transport smtp: no option hello; it has [auth-over, chunking, helo, mechanisms,"
            + " password-file, pipelining, protocol, proxy-protocol, proxy-via, self, socks5,"
            + " socks5-password-file, socks5-user, source-address, timeout-scale, tls, token-file,"
            + " user]",
        said);
  }

  @Test
  void valueThatIsNone_isRefusedByName() {
    assertEquals(
        "transport smtp: option timeout-scale=fast: must be more than 0, at most 1000",
        refusal(() -> TransportFactory.named("smtp").open(Map.of("timeout-scale", "fast"))));
    assertEquals(
        "transport smtp: option chunking=maybe: must be one of [where-offered, never]",
        refusal(() -> TransportFactory.named("smtp").open(Map.of("chunking", "maybe"))));
    assertTrue(
        refusal(() -> TransportFactory.named("angus").open(Map.of("user", "ann")))
            .contains("password-file is missing"));
  }

  @Test
  void passwordFile_givesItsFirstLine() throws Exception {
    Path file = Files.writeString(path.resolve("password"), "secret\nremark\n");
    TransportFactory.named("angus")
        .open(Map.of("user", "ann", "password-file", file.toString(), "tls", "implicit"))
        .close();
    assertTrue(
        refusal(
                () ->
                    TransportFactory.named("angus")
                        .open(Map.of("user", "ann", "password-file", path + "/none")))
            .contains("cannot be read"));
  }

  @Test
  void classLoaderThatIsGiven_isTheOneThatIsAsked() throws Exception {
    declare(Own.class.getName());
    try (URLClassLoader loader = loader()) {
      assertInstanceOf(Own.class, TransportFactory.named("own", loader));
    }
    refusal(() -> TransportFactory.named("own"));
  }

  @Test
  void serviceThatCannotBeLoaded_disturbsNobodyElse() throws Exception {
    declare("no.such.Factory\n" + Own.class.getName());
    try (URLClassLoader loader = loader()) {
      assertInstanceOf(Own.class, TransportFactory.named("own", loader));
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class, () -> TransportFactory.named("pigeon", loader));
      assertTrue(refused.getSuppressed()[0].getMessage().contains("no.such.Factory"));
    }
  }

  @Test
  void nameThatTwoHave_isRefused() throws Exception {
    declare(Own.class.getName() + "\n" + Same.class.getName());
    try (URLClassLoader loader = loader()) {
      assertTrue(refusal(() -> TransportFactory.named("own", loader)).contains("more than one"));
    }
  }

  private void declare(String classes) throws Exception {
    Path services = Files.createDirectories(path.resolve("META-INF/services"));
    Files.writeString(services.resolve(TransportFactory.class.getName()), classes);
  }

  private URLClassLoader loader() throws Exception {
    return new URLClassLoader(
        new URL[] {path.toUri().toURL()}, TransportFactoryTest.class.getClassLoader());
  }

  private static String refusal(org.junit.jupiter.api.function.Executable of) {
    return assertThrows(IllegalArgumentException.class, of).getMessage();
  }

  /** A factory that only a class loader of a test's own finds. */
  public static class Own implements TransportFactory {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public Map<String, String> options() {
      return Map.of();
    }

    @Override
    public Transport create(Map<String, String> given) {
      return new SmtpTransportFactory().create(given);
    }
  }

  /** Another of that name. */
  public static final class Same extends Own {}
}
