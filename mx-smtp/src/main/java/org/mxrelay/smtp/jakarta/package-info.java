/**
 * The meeting with Jakarta Mail, and the only package that names its types.
 *
 * <p>Inwards: {@link org.mxrelay.smtp.jakarta.JakartaMail} submits messages that were made with
 * Jakarta Mail, and makes sessions whose transport, {@code mx}, submits to a relay.
 *
 * <p>Outwards: {@link org.mxrelay.smtp.jakarta.AngusTransport} sends by Eclipse Angus. An attempt
 * gives Angus a guarded socket to the checked address and listens to what it says and hears; the
 * transcript of that, not Angus's exceptions, tells what each recipient was answered.
 */
@NullMarked
package org.mxrelay.smtp.jakarta;

import org.jspecify.annotations.NullMarked;
