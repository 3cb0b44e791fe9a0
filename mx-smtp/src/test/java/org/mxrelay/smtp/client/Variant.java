package org.mxrelay.smtp.client;

import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.tls.TlsDemand;

/** The kinds of session in which each fault is tried at each place. */
enum Variant {
  PLAIN("plain, pipelined"),
  PLAIN_LOCKSTEP("plain, one by one"),
  TLS("TLS, pipelined"),
  TLS_LOCKSTEP("TLS, one by one");

  private final String words;

  Variant(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  boolean isTls() {
    return this == TLS || this == TLS_LOCKSTEP;
  }

  boolean isLockstep() {
    return this == PLAIN_LOCKSTEP || this == TLS_LOCKSTEP;
  }

  /** Whether there can be such a fault at such a place of such a session. */
  boolean has(Fault fault, Place place) {
    if (place == Place.CONNECT || place == Place.HELO) {
      return this == PLAIN;
    }
    return (isTls() || !(place.needsTls() || fault == Fault.CUT))
        && (!isLockstep() || !place.isChunked());
  }

  TlsDemand demand() {
    return isTls() ? TlsDemand.OPPORTUNISTIC : TlsDemand.byOption(TlsDemand.Level.NONE);
  }

  void prepare(ScriptedSmtpServer server) {
    if (isLockstep()) {
      server.withdraw("PIPELINING");
    }
    if (isTls()) {
      server.offer("STARTTLS");
    }
  }
}
