/** What several tests of mx-core share, and no application needs. */
@NullMarked
package org.mxrelay.checks;

import org.jspecify.annotations.NullMarked;
