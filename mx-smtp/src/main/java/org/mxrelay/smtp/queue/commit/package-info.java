/**
 * Group commit: callers that come together share one write and one sync, in the tables and in the
 * journal before them. Not exported.
 */
@NullMarked
package org.mxrelay.smtp.queue.commit;

import org.jspecify.annotations.NullMarked;
