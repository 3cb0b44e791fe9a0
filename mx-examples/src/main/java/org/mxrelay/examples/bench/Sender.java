package org.mxrelay.examples.bench;

import java.io.IOException;

/** Sends the same message again and again, on one thread. */
interface Sender extends AutoCloseable {

  /**
   * @throws Exception if the message was not taken
   */
  void send() throws Exception;

  @Override
  default void close() throws IOException {}
}
