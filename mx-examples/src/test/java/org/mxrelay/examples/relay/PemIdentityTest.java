package org.mxrelay.examples.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.testkit.Peers;

class PemIdentityTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-256", "ed25519"})
  void keysAsOpensslWritesThem_areRead(String kind) throws Exception {
    Path both = folder.resolve("both.pem");
    List<String> command = new ArrayList<>();
    command.add(Peers.need("openssl", "openssl").toString());
    command.addAll(List.of("req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=mx2.example.org"));
    command.addAll(List.of("-newkey"));
    command.addAll(List.of(kind.split(" ")));
    command.addAll(List.of("-keyout", both.toString(), "-out", folder + "/certificate.pem"));
    Process openssl =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    assertEquals(0, openssl.waitFor(), () -> command.toString());
    Path certificate = folder.resolve("certificate.pem");
    assertEquals("TLS", PemIdentity.read(certificate, both).getProtocol());
  }

  @Test
  void otherFiles_areRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "nonsense");
    assertThrows(IOException.class, () -> PemIdentity.read(file, file));
    assertThrows(IOException.class, () -> PemIdentity.read(folder.resolve("none"), file));
  }
}
