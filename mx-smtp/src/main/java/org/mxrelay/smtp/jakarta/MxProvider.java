package org.mxrelay.smtp.jakarta;

import jakarta.mail.Provider;

/**
 * Tells Jakarta Mail of the protocol {@code mx}: see {@link JakartaMail#session}. On the class path
 * it is found by itself, on the module path the session is given it.
 *
 * <p>Immutable.
 */
@SuppressWarnings("exports") // Whoever calls this requires the module that is optional for others.
public final class MxProvider extends Provider {

  /** For {@link java.util.ServiceLoader}. */
  public MxProvider() {
    super(Type.TRANSPORT, "mx", MxTransport.class.getName(), "mxrelay", null);
  }
}
