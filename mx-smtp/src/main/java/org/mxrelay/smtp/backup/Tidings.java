package org.mxrelay.smtp.backup;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners, whatever they throw. Safe for use by several threads. */
record Tidings(List<BackupListener> listeners) {

  private static final Logger log = LoggerFactory.getLogger(Tidings.class);

  Tidings {
    listeners = List.copyOf(listeners);
  }

  void tell(Consumer<BackupListener> event) {
    for (BackupListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        log.warn("a backup listener failed", e);
      }
    }
  }
}
