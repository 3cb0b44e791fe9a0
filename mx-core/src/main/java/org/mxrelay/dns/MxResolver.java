package org.mxrelay.dns;

import org.mxrelay.address.Domain;

/**
 * Answers the two questions that routing asks of the DNS.
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be. Failures
 * are answers ({@code Unresolved}), never exceptions. One that keeps answers does well to give the
 * very object that it gave before, by which those who ask see at once that nothing has changed.
 */
public interface MxResolver extends AutoCloseable {

  /**
   * Which exchanges a domain names. Aliases are followed (RFC 5321, 5.1).
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  MxAnswer exchanges(Domain domain) throws InterruptedException;

  /**
   * Which addresses a host has. Aliases are followed, though RFC 2181, 10.3 forbids them here.
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  AddressAnswer addresses(Domain host) throws InterruptedException;

  @Override
  default void close() {}
}
