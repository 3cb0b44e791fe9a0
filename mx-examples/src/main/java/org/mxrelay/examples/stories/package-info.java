/**
 * Four small programs, to be read in this order: {@link org.mxrelay.examples.stories.ResolveOnly}
 * asks where mail goes, {@link org.mxrelay.examples.stories.SendOnce} sends a message, {@link
 * org.mxrelay.examples.stories.QueueAndRestart} keeps messages over a restart, {@link
 * org.mxrelay.examples.stories.OrderWithMail} queues one if and only if a business transaction
 * commits.
 */
@NullMarked
package org.mxrelay.examples.stories;

import org.jspecify.annotations.NullMarked;
