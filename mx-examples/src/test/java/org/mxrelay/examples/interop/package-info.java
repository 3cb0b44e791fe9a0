/**
 * The command line as a user would run it, in processes of its own, against real software and under
 * SIGKILL.
 */
@NullMarked
package org.mxrelay.examples.interop;

import org.jspecify.annotations.NullMarked;
