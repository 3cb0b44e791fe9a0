package org.mxrelay.audit;

/**
 * Speaks to an exchange and tells what it said: what an audit knows of SMTP. mx-smtp has one.
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be. It never
 * sends a message: it says EHLO, STARTTLS and, if it is given a recipient, MAIL and RCPT.
 */
@FunctionalInterface
public interface ExchangeProbe {

  /**
   * Speaks to one address. What goes wrong is part of the report.
   *
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  ProbeReport probe(ProbeTarget target) throws InterruptedException;
}
