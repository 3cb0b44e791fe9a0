/**
 * Where mail goes, what a reply means, and when to try again.
 *
 * <p>Start with {@link org.mxrelay.MailRouter}. The packages below are the chapters: {@code
 * address} (who and where), {@code dns} (what the DNS says), {@code routing} (which exchanges to
 * try), {@code tls} (what a route demands), {@code reply} (what an exchange's answer means) and
 * {@code retry} (what to do next, and when).
 */
@NullMarked
package org.mxrelay;

import org.jspecify.annotations.NullMarked;
