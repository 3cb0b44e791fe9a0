/**
 * Numbers of a relay, for whoever watches it.
 *
 * <p>{@link org.mxrelay.smtp.metrics.Meters} is where they go: three methods, which {@link
 * org.mxrelay.smtp.metrics.MicrometerMeters} passes on to Micrometer. {@link
 * org.mxrelay.smtp.metrics.RelayMetrics} knows their names and takes them: it listens, and stands
 * between the engine and its store, transport and resolver. {@code MxRelayBuilder.meters} puts it
 * there.
 *
 * <p>{@link org.mxrelay.smtp.metrics.RelayBean} shows a relay to JMX, without any of that.
 */
@NullMarked
package org.mxrelay.smtp.metrics;

import org.jspecify.annotations.NullMarked;
