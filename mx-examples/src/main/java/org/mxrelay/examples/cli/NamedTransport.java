package org.mxrelay.examples.cli;

import java.util.Map;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.smtp.transport.TransportFactory;

/** A transport that the command line names. */
final class NamedTransport {

  private NamedTransport() {}

  /**
   * @param defaults what other options of the command line say, for transports that know them
   */
  static Transport open(String text, Map<String, String> defaults) {
    NamedWithOptions named = NamedWithOptions.parse("--transport", text);
    try {
      TransportFactory factory = TransportFactory.named(named.name());
      return factory.open(named.withDefaults(factory.options(), defaults).options());
    } catch (IllegalArgumentException e) {
      throw UsageError.of("--transport", text, Failures.reason(e));
    }
  }
}
