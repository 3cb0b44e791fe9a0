/**
 * Very large messages, very many recipients, and peers that send without end: in JVMs of their own
 * whose heap is too small for any of it.
 */
@NullMarked
package org.mxrelay.smtp.load;

import org.jspecify.annotations.NullMarked;
