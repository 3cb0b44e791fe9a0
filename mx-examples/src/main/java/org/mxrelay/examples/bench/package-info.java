/**
 * The benchmarks behind {@code mx bench}: how fast mail leaves, and at what price.
 *
 * <p>A {@link org.mxrelay.examples.bench.FastSink} takes mail and throws it away, in a process of
 * its own so that its work is not counted as ours. A {@link org.mxrelay.examples.bench.DelayProxy}
 * makes round trips cost something. {@link org.mxrelay.examples.bench.ClientBench} drives the SMTP
 * client and, in the same run, Angus; {@link org.mxrelay.examples.bench.RelayBench} drives the
 * whole relay, from the durable acceptance to the stored outcome.
 */
@NullMarked
package org.mxrelay.examples.bench;

import org.jspecify.annotations.NullMarked;
