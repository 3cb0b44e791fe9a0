package org.mxrelay.retry;

import java.time.Duration;
import java.time.Instant;
import org.mxrelay.reply.Judgement;

/**
 * A recipient about whom a decision is due.
 *
 * <p>Immutable.
 *
 * @param judgement of the last reply, or of its absence
 * @param attempt the attempt that just ended, from 1
 * @param queuedAt when the message was accepted
 * @param now the time of the decision
 * @param delay drawn from the schedule, once for all recipients of the delivery
 * @param patience the least delay that what happened calls for (an uncertain outcome: 15 minutes);
 *     zero if nothing does
 */
public record RetryCase(
    Judgement judgement,
    int attempt,
    Instant queuedAt,
    Instant now,
    Duration delay,
    Duration patience) {}
