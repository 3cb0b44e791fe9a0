/**
 * What to do next, and when.
 *
 * <p>A {@link org.mxrelay.retry.RetrySchedule} draws the delay before each attempt: an {@link
 * org.mxrelay.retry.ExponentialSchedule} or a {@link org.mxrelay.retry.ListSchedule}, spread by its
 * {@link org.mxrelay.retry.Jitter}. A {@link org.mxrelay.retry.RetryPolicy} adds when a message
 * expires and when its sender is told of the delay, and makes for each recipient the {@link
 * org.mxrelay.retry.Decision} on a {@link org.mxrelay.retry.RetryCase}.
 *
 * <p>{@link org.mxrelay.retry.RetryPresets} has policies to start from; {@link
 * org.mxrelay.retry.GiveUpEarly} shortens one for chosen categories, {@link
 * org.mxrelay.retry.RetryByDestination} has others for chosen destinations; {@link
 * org.mxrelay.retry.RetryHint} reads what a server asks for; a {@link org.mxrelay.retry.Timetable}
 * shows what a policy comes to.
 *
 * <p>All of it is pure: the time and the source of randomness are arguments.
 */
@NullMarked
package org.mxrelay.retry;

import org.jspecify.annotations.NullMarked;
