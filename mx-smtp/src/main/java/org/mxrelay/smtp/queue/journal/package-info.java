/**
 * A write-ahead journal: records that are durable before anybody is answered, at one sync for all
 * who come together.
 *
 * <p>Two files in turn, each begun anew when nothing in it is needed any more:
 *
 * <ol>
 *   <li>{@link org.mxrelay.smtp.queue.journal.Segment}: one file, and what a power cut left of it
 *   <li>{@link org.mxrelay.smtp.queue.journal.Journal}: who writes, who waits, which file
 * </ol>
 *
 * <p>Knows nothing of mail. Not exported.
 */
@NullMarked
package org.mxrelay.smtp.queue.journal;

import org.jspecify.annotations.NullMarked;
