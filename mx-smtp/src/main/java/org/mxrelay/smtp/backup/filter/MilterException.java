package org.mxrelay.smtp.backup.filter;

import java.io.IOException;

/** A milter that does not speak the protocol, or says more than is taken. */
final class MilterException extends IOException {

  private static final long serialVersionUID = 1;

  MilterException(String what) {
    super("milter: " + what);
  }
}
