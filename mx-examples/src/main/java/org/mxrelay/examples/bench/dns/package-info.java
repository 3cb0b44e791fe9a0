/**
 * The benchmark behind {@code mx bench dns}: what the DNS client costs beside bare dnsjava.
 *
 * <p>A {@link org.mxrelay.examples.bench.dns.LocalDns} answers every question at once. {@link
 * org.mxrelay.examples.bench.dns.DnsBench} puts the same questions to it in turns, through the
 * client and through dnsjava's resolver alone.
 */
@NullMarked
package org.mxrelay.examples.bench.dns;

import org.jspecify.annotations.NullMarked;
