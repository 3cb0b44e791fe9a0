package org.mxrelay.examples.extend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.testkit.ReceivingSide;
import org.mxrelay.smtp.testkit.TransportContract;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.smtp.transport.TransportFactory;

class MaildirTransportTest implements TransportContract {

  @TempDir Path root;

  @Override
  public Transport open(SmtpTimeouts timeouts, SSLContext trusted) {
    return TransportFactory.named("maildir").open(Map.of("folder", root.toString()));
  }

  @Override
  public ReceivingSide receivingSide() {
    try {
      return MaildirSide.of(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void localPart_cannotLeaveTheFolder() throws Exception {
    Path outside = Files.createDirectories(root.resolve("y.example"));
    Files.createDirectories(root.resolve("evil"));
    for (String local : new String[] {"\"../../evil\"", "\"..\"", "\"a/b\""}) {
      Path folder =
          Maildir.of(root, org.mxrelay.address.Mailbox.parse(local + "@y.example")).folder();
      assertEquals(outside, folder.normalize().getParent(), local);
    }
  }

  @Test
  void factory_isFoundByItsNameAndNamesWhatIsMissing() {
    TransportFactory factory = TransportFactory.named("maildir");
    assertInstanceOf(MaildirTransportFactory.class, factory);
    assertThrows(IllegalArgumentException.class, () -> factory.open(Map.of()));
  }
}
