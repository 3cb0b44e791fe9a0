/** What tests of several packages share, and nobody else. */
@NullMarked
package org.mxrelay.smtp.checks;

import org.jspecify.annotations.NullMarked;
