package org.mxrelay.smtp.queue;

import java.time.Instant;

/**
 * The right to work on a delivery until it ends.
 *
 * <p>Immutable.
 *
 * @param delivery what is owned
 * @param token fences: each claim of the delivery has a greater one
 * @param until when it ends by the store's clock, unless renewed
 * @param claims how often the delivery was claimed and not settled, this claim included; more than
 *     one means that somebody died with it
 */
public record Lease(Delivery delivery, long token, Instant until, int claims) {}
