package org.mxrelay.smtp.jakarta;

import javax.net.ssl.SSLContext;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.testkit.SmtpTransportContract;
import org.mxrelay.smtp.transport.Transport;

class AngusTransportContractTest implements SmtpTransportContract {

  @Override
  public Transport open(SmtpTimeouts timeouts, SSLContext trusted) {
    return AngusTransport.builder().helo("me.example").timeouts(timeouts).trust(trusted).build();
  }
}
