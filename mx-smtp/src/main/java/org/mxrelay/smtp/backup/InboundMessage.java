package org.mxrelay.smtp.backup;

import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;

/**
 * A message that came and is not acknowledged yet.
 *
 * <p>Immutable as far as its bytes are.
 *
 * @param client from where
 * @param envelope from whom, and to those recipients that were not refused
 * @param source the bytes as the client sent them, without a Received field of ours
 * @param facts about those bytes
 */
public record InboundMessage(
    ClientFacts client, Envelope envelope, MessageSource source, MessageFacts facts) {}
