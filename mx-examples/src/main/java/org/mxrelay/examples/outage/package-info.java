/**
 * Do you need a backup MX? A domain's mail, simulated over the library's own deciders.
 *
 * <p>{@link org.mxrelay.examples.outage.Assumptions} and {@link
 * org.mxrelay.examples.outage.SenderKind} say who writes and how patiently, with their sources;
 * {@code Traffic} draws the letters, {@code Outages} when the primary is away, and {@link
 * org.mxrelay.examples.outage.Setup} what stands beside it. {@code Simulation} is an event loop on
 * a virtual clock: each attempt is a {@code Walk} over the routes that the real {@code Router}
 * gives, to a simulated {@code Primary} and {@code Backup}; the real {@code ReplyClassifier} judges
 * what they say, the real {@code Fallthrough} says who is asked next, the real {@code RetryPolicy}
 * when, and a backup takes what the real {@code Admission} says and looks for its primary when the
 * real {@code ProbeSchedule} does. What became of a letter is its {@code Story}; a {@link
 * org.mxrelay.examples.outage.Cell} counts the stories of one setup and length of outage, and a
 * {@link org.mxrelay.examples.outage.Study} has all cells. {@link
 * org.mxrelay.examples.outage.Answers} says it in words and {@link
 * org.mxrelay.examples.outage.OutagePage} shows it.
 *
 * <p>All of it is confined to one thread, and its chance is seeded: the same options give the same
 * figures.
 */
@NullMarked
package org.mxrelay.examples.outage;

import org.jspecify.annotations.NullMarked;
