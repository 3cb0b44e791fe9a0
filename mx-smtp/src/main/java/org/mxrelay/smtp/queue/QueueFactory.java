package org.mxrelay.smtp.queue;

import java.util.Map;
import java.util.ServiceLoader;
import org.mxrelay.smtp.services.NamedServices;
import org.mxrelay.smtp.services.OptionWords;

/**
 * Makes queues of one kind from options in words, so that a configuration can name them.
 *
 * <p>Who provides one declares its factory as a service, in {@code
 * META-INF/services/org.mxrelay.smtp.queue.QueueFactory} or by {@code provides} in a module. What
 * is found on the path is used only when it is named. Built in are {@code memory} and {@code
 * sqlite}.
 *
 * <p>Immutable, and so must an implementation of the caller's be; it has a public constructor
 * without parameters.
 */
public interface QueueFactory {

  /** By what name a configuration asks for it. */
  String name();

  /** The options that it knows, and of each what it is for. */
  Map<String, String> options();

  /**
   * Makes a queue; for {@link #open}, which has looked at the names of the options.
   *
   * @param given by name; those left out have their defaults
   * @throws IllegalArgumentException if a value is none for its option, naming both
   */
  DeliveryQueue create(Map<String, String> given);

  /**
   * Makes a queue. Who asked for it closes it.
   *
   * @param given options by name; those left out have their defaults
   * @throws IllegalArgumentException if an option is not known, or a value is none for its option
   */
  default DeliveryQueue open(Map<String, String> given) {
    return create(new OptionWords("queue " + name(), given).only(options().keySet()).given());
  }

  /**
   * The factory of that name, of those that this library's own class loader finds.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  static QueueFactory named(String name) {
    return named(name, QueueFactory.class.getClassLoader());
  }

  /**
   * The factory of that name, of those that the class loader finds.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  static QueueFactory named(String name, ClassLoader loader) {
    return new NamedServices<>(
            "queue", ServiceLoader.load(QueueFactory.class, loader), QueueFactory::name)
        .named(name);
  }
}
