package org.mxrelay.smtp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name that reports are signed with where no {@code helo} was given: the machine's. */
final class ReportingName {

  private static final Logger log = LoggerFactory.getLogger(ReportingName.class);
  private static final String NOBODY = "localhost";

  private ReportingName() {}

  static String of(String helo) {
    return helo.isEmpty() ? machine() : helo;
  }

  private static String machine() {
    try {
      return Domain.of(InetAddress.getLocalHost().getHostName()).name();
    } catch (UnknownHostException | InvalidAddressException e) {
      log.debug("this machine has no name that a report could bear", e);
      return NOBODY;
    }
  }
}
