package org.mxrelay.smtp.backup;

import java.io.IOException;

/**
 * Judges messages before anybody answers for them: the place for spam and virus scanners, and for
 * all checks of the client's address where the primary cannot be told that address.
 *
 * <p>Asked after the last recipient and before the primary's own word on the message is asked for,
 * so that one refusal is enough. Safe for use by several threads.
 */
@FunctionalInterface
public interface ContentFilter extends AutoCloseable {

  /** Lets everything pass, and vouches for nobody. */
  ContentFilter NONE = message -> FilterVerdict.accept();

  /**
   * Judges a message, for as long as the client may be kept waiting: RFC 5321, 4.5.3.2.6 gives it
   * ten minutes, of which the primary needs some.
   *
   * @throws IOException if there is no verdict to be had now; the client is asked to come back
   *     (451), so that nothing passes unseen
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  FilterVerdict filter(InboundMessage message) throws IOException, InterruptedException;

  @Override
  default void close() {}
}
