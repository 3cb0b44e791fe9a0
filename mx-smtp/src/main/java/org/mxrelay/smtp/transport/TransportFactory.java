package org.mxrelay.smtp.transport;

import java.util.Map;
import java.util.ServiceLoader;
import org.mxrelay.smtp.services.NamedServices;
import org.mxrelay.smtp.services.OptionWords;

/**
 * Makes transports of one kind from options in words, so that a configuration can name them.
 *
 * <p>Who provides one declares its factory as a service, in {@code
 * META-INF/services/org.mxrelay.smtp.transport.TransportFactory} or by {@code provides} in a
 * module. What is found on the path is used only when it is named. Built in are {@code smtp}, the
 * default, and {@code angus}.
 *
 * <p>Immutable, and so must an implementation of the caller's be; it has a public constructor
 * without parameters.
 */
public interface TransportFactory {

  /** By what name a configuration asks for it. */
  String name();

  /** The options that it knows, and of each what it is for. */
  Map<String, String> options();

  /**
   * Makes a transport; for {@link #open}, which has looked at the names of the options.
   *
   * @param given by name; those left out have their defaults
   * @throws IllegalArgumentException if a value is none for its option, naming both
   */
  Transport create(Map<String, String> given);

  /**
   * Makes a transport. Who asked for it closes it.
   *
   * @param given options by name; those left out have their defaults
   * @throws IllegalArgumentException if an option is not known, or a value is none for its option
   */
  default Transport open(Map<String, String> given) {
    return create(new OptionWords("transport " + name(), given).only(options().keySet()).given());
  }

  /**
   * The factory of that name, of those that this library's own class loader finds.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  static TransportFactory named(String name) {
    return named(name, TransportFactory.class.getClassLoader());
  }

  /**
   * The factory of that name, of those that the class loader finds.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  static TransportFactory named(String name, ClassLoader loader) {
    return new NamedServices<>(
            "transport", ServiceLoader.load(TransportFactory.class, loader), TransportFactory::name)
        .named(name);
  }
}
