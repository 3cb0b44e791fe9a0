package org.mxrelay.smtp.services;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Finds the one service that has a name. A service that cannot be loaded disturbs only those who
 * ask for it: its error goes with the message that there is no such name.
 *
 * <p>Confined to one thread.
 *
 * @param <S> the service
 */
public final class NamedServices<S> {

  /** Where the path itself cannot be read, the iterator would say so without end. */
  private static final int MOST_BROKEN = 100;

  private final String kind;
  private final Function<S, String> nameOf;
  private final List<S> found = new ArrayList<>();
  private final List<ServiceConfigurationError> broken = new ArrayList<>();

  /**
   * @param kind what it is, for messages
   * @param loader made by the package that declares its use
   */
  public NamedServices(String kind, ServiceLoader<S> loader, Function<S, String> nameOf) {
    this.kind = kind;
    this.nameOf = nameOf;
    Iterator<S> services = loader.iterator();
    while (hasNext(services)) {
      take(services);
    }
  }

  /**
   * The service of that name.
   *
   * @throws IllegalArgumentException if there is none, or more than one
   */
  public S named(String name) {
    List<S> matching = found.stream().filter(s -> nameOf.apply(s).equals(name)).toList();
    if (matching.size() == 1) {
      return matching.get(0);
    }
    IllegalArgumentException refused =
        new IllegalArgumentException(
            matching.isEmpty()
                ? kind + " " + name + ": not known; there are " + names()
                : kind + " " + name + ": more than one has that name: " + classes(matching));
    broken.forEach(refused::addSuppressed);
    throw refused;
  }

  private List<String> names() {
    return found.stream().map(nameOf).sorted().toList();
  }

  private static <S> List<String> classes(List<S> of) {
    return of.stream().map(s -> s.getClass().getName()).toList();
  }

  private boolean hasNext(Iterator<S> services) {
    while (true) {
      try {
        return services.hasNext();
      } catch (ServiceConfigurationError e) {
        // A line that names no class is passed over, as the iterator allows.
        broken.add(e);
        if (broken.size() > MOST_BROKEN) {
          return false;
        }
      }
    }
  }

  private void take(Iterator<S> services) {
    try {
      found.add(services.next());
    } catch (ServiceConfigurationError e) {
      broken.add(e);
    }
  }
}
