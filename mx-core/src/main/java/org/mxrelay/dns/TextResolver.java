package org.mxrelay.dns;

import org.mxrelay.address.Domain;

/**
 * Answers which TXT records a name has: the question that policies published in the DNS begin with.
 *
 * <p>Safe for use by several threads, and so must an implementation of the caller's be. Failures
 * are answers ({@code Unresolved}), never exceptions.
 */
@FunctionalInterface
public interface TextResolver {

  /**
   * Which texts a name has. Aliases are followed.
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  TextAnswer texts(Domain name) throws InterruptedException;
}
