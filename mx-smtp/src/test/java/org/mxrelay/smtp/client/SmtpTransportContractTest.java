package org.mxrelay.smtp.client;

import javax.net.ssl.SSLContext;
import org.mxrelay.smtp.testkit.SmtpTransportContract;
import org.mxrelay.smtp.transport.Transport;

class SmtpTransportContractTest implements SmtpTransportContract {

  @Override
  public Transport open(SmtpTimeouts timeouts, SSLContext trusted) {
    return SmtpTransport.builder().helo("me.example").timeouts(timeouts).trust(trusted).build();
  }
}
