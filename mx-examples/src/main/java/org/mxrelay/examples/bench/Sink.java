package org.mxrelay.examples.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A server that takes every message and throws it away.
 *
 * <p>Safe for use by several threads.
 */
public interface Sink extends AutoCloseable {

  /** What EHLO offers unless something else is asked for, beside ENHANCEDSTATUSCODES. */
  List<String> OFFERS = List.of("PIPELINING", "CHUNKING", "8BITMIME", "SMTPUTF8", "SIZE 104857600");

  /** Where it listens. */
  InetSocketAddress address();

  /** How many messages it took. */
  long messages();

  @Override
  void close() throws IOException;
}
