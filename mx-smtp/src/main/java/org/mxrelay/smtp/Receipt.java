package org.mxrelay.smtp;

import java.time.Instant;
import org.mxrelay.smtp.queue.SubmissionId;

/**
 * What {@code submit} returns once the message is stored.
 *
 * <p>Immutable.
 *
 * @param id the name under which to ask for its status
 * @param recipients how many recipients it has
 * @param queuedAt when it was accepted
 */
public record Receipt(SubmissionId id, int recipients, Instant queuedAt) {}
