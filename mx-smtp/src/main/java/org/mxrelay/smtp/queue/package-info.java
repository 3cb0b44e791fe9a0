/**
 * How work is kept, claimed and settled: the SPI of queues.
 *
 * <p>A {@link org.mxrelay.smtp.queue.Submission} becomes one {@link
 * org.mxrelay.smtp.queue.Delivery} for each destination, with its open recipients. A delivery is
 * owned by a {@link org.mxrelay.smtp.queue.Lease} with a fencing token, or by nobody. What became
 * of an attempt is a {@link org.mxrelay.smtp.queue.Settlement}, stored with the final {@link
 * org.mxrelay.smtp.queue.Outcome} of each recipient that ended and with whatever it spawned in one
 * transaction, and only while the token holds. Losing a lease is an ordinary outcome.
 *
 * <p>A lease whose owner died is claimed again, and counted: {@link
 * org.mxrelay.smtp.queue.LostLeases} says when a delivery is attempted alone and when it is held.
 *
 * <p>{@link org.mxrelay.smtp.queue.DeliveryQueue} is what the engine needs of a store; {@link
 * org.mxrelay.smtp.queue.QueueAdmin} is what people need of it. {@link
 * org.mxrelay.smtp.queue.InMemoryQueue} is both, without a disk. A {@link
 * org.mxrelay.smtp.queue.QueueFactory} makes queues that a configuration names.
 */
@NullMarked
package org.mxrelay.smtp.queue;

import org.jspecify.annotations.NullMarked;
