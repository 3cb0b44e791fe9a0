package org.mxrelay.smtp.queue.jdbc;

import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.queue.Submission;

/**
 * What a message's row says of it, but for its bytes.
 *
 * <p>Immutable.
 */
record MessageColumns(
    long id,
    String submission,
    String reversePath,
    String options,
    long size,
    long wireSize,
    int eightBit,
    long queuedAt) {

  static MessageColumns of(long id, Submission submission) {
    MessageFacts facts = submission.facts();
    return new MessageColumns(
        id,
        submission.id().value(),
        submission.envelope().reversePath().toString(),
        Texts.options(submission.envelope().options()),
        facts.size(),
        facts.wireSize(),
        facts.content() == MessageFacts.Content.EIGHT_BIT ? 1 : 0,
        Micros.of(submission.queuedAt()));
  }
}
