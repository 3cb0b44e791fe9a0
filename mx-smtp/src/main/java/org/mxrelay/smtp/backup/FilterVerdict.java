package org.mxrelay.smtp.backup;

import java.util.List;
import java.util.function.Function;
import org.mxrelay.reply.Reply;

/**
 * What a {@link ContentFilter} says of a message.
 *
 * <p>Immutable. A further case would be a breaking change.
 */
public sealed interface FilterVerdict {

  /** Let it pass, as it is, from somebody nobody vouches for. */
  static FilterVerdict accept() {
    return new Accept(SenderTrust.UNKNOWN, List.of());
  }

  /** Answers for whichever case this is. */
  default <T> T fold(
      Function<? super Accept, ? extends T> accept,
      Function<? super Refuse, ? extends T> refuse,
      Function<? super Defer, ? extends T> defer) {
    if (this instanceof Accept a) {
      return accept.apply(a);
    } else if (this instanceof Refuse r) {
      return refuse.apply(r);
    } else if (this instanceof Defer d) {
      return defer.apply(d);
    }
    throw new AssertionError(this);
  }

  /**
   * Let it pass.
   *
   * @param sender whether the reverse-path is its sender's
   * @param add fields to be put before the message, in order
   */
  record Accept(SenderTrust sender, List<HeaderField> add) implements FilterVerdict {
    public Accept {
      add = List.copyOf(add);
    }
  }

  /** Refuse it for good, in these words. */
  record Refuse(Reply reply) implements FilterVerdict {
    /**
     * @throws IllegalArgumentException if it is no 5yz
     */
    public Refuse {
      if (!reply.isPermanent()) {
        throw new IllegalArgumentException("a refusal with " + reply.code());
      }
    }
  }

  /** Let the client come back, in these words. */
  record Defer(Reply reply) implements FilterVerdict {
    /**
     * @throws IllegalArgumentException if it is no 4yz
     */
    public Defer {
      if (!reply.isTransient()) {
        throw new IllegalArgumentException("a deferral with " + reply.code());
      }
    }
  }
}
