package org.mxrelay.smtp.client;

import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.mxrelay.smtp.client.SmtpTransport.Pipelining;
import org.mxrelay.smtp.testkit.SmtpTransportContract;
import org.mxrelay.smtp.transport.Transport;

/** The option changes nothing of what a transport must do. */
@Tag("ci")
class AcrossMessagesContractTest implements SmtpTransportContract {

  @Override
  public Transport open(SmtpTimeouts timeouts, SSLContext trusted) {
    return SmtpTransport.builder()
        .helo("me.example")
        .timeouts(timeouts)
        .trust(trusted)
        .pipelining(Pipelining.ACROSS_MESSAGES)
        .build();
  }
}
