package org.mxrelay.reply;

import java.util.Optional;

/** A rule of the caller's own, asked before or after the standard ones. Must be thread-safe. */
@FunctionalInterface
public interface ReplyRule {

  /** A judgement, or nothing if the rule does not speak of such a reply. */
  Optional<Judgement> judge(Reply reply, ReplyContext at);
}
