package org.mxrelay.smtp.backup;

import java.io.IOException;
import java.util.Optional;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.ReceivedFields;

/**
 * What a message shows when it comes in.
 *
 * <p>Immutable.
 *
 * @param hops its Received fields, at most as many as make a loop
 * @param print how it is recognized; nothing if it has no Message-ID
 */
record Arrival(MessageFacts facts, int hops, Optional<MessagePrint> print) {

  /** RFC 5321, 6.3: a limit of at least 100. */
  private static final int MOST_HOPS = 100;

  static Arrival of(ReversePath from, MessageSource message) throws IOException {
    return new Arrival(
        MessageFacts.of(message),
        ReceivedFields.count(message, MOST_HOPS),
        PrintReader.read(from, message));
  }

  boolean isLooping() {
    return hops >= MOST_HOPS;
  }
}
