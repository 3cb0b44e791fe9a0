package org.mxrelay.smtp.testkit;

/**
 * What every transport must do that speaks SMTP: {@link TransportContract} against a real server,
 * and what only SMTP has. A test class of a transport implements this interface and inherits its
 * tests; where a transport falls short of one, it overrides that test by one of what it does
 * instead.
 */
public interface SmtpTransportContract
    extends TransportContract,
        SmtpAnswersContract,
        SmtpEnvelopeContract,
        SmtpMessageContract,
        SmtpLossContract,
        SmtpTimeContract,
        SmtpTlsContract {

  @Override
  default ReceivingSide receivingSide() {
    return ReceivingSide.smtp();
  }
}
