package org.mxrelay.smtp.backup.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Optional;
import org.mxrelay.smtp.backup.ClientFacts;
import org.mxrelay.smtp.backup.InboundMessage;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;

/** Messages that came from 192.0.2.7. */
final class Messages {

  /** What every spam filter refuses, so that people can see that it works. */
  static final String GTUBE =
      "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

  private Messages() {}

  static InboundMessage of(String text) {
    return of(Envelope.from("bob@mail.sender.example").to("ann@example.org"), text);
  }

  static InboundMessage of(Envelope envelope, String text) {
    return of(envelope, MessageSource.of(text.replace("\n", "\r\n").getBytes(UTF_8)));
  }

  static InboundMessage of(Envelope envelope, MessageSource source) {
    try {
      ClientFacts client =
          new ClientFacts(
              InetAddress.getByName("192.0.2.7"),
              Optional.of("out.sender.example"),
              "helo.sender.example",
              ClientFacts.Protocol.ESMTP);
      return new InboundMessage(client, envelope, source, MessageFacts.of(source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
