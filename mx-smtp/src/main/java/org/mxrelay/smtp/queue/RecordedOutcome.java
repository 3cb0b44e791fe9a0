package org.mxrelay.smtp.queue;

/**
 * An outcome with its place in the store.
 *
 * <p>Immutable.
 *
 * @param cursor greater than that of every outcome stored before
 * @param outcome what ended
 */
public record RecordedOutcome(long cursor, Outcome outcome) {}
