package org.mxrelay.smtp.engine;

import java.util.List;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Settlement;

/**
 * What is to be stored of an attempt, and what is to be told once it is.
 *
 * <p>Immutable.
 *
 * @param settlement to be stored
 * @param hearing what was heard
 * @param decided what was decided
 * @param noticed about whom the sender is told that they are late
 */
record Conclusion(
    Settlement settlement, Hearing hearing, List<Decided> decided, List<Recipient> noticed) {}
