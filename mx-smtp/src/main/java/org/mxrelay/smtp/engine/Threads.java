package org.mxrelay.smtp.engine;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the engine's threads: virtual ones where the JVM has them, else daemons. */
public final class Threads {

  private static final Logger log = LoggerFactory.getLogger(Threads.class);

  private Threads() {}

  /** A factory whose threads are named {@code mx-1}, {@code mx-2} and so on. */
  public static ThreadFactory standard() {
    try {
      return virtual();
    } catch (NoSuchMethodException | ClassNotFoundException e) {
      log.debug("no virtual threads in this JVM");
      return daemons();
    } catch (IllegalAccessException | InvocationTargetException e) {
      // JDK 19 and 20 have them as a preview only, and refuse without --enable-preview.
      log.debug("no virtual threads without preview features", e);
      return daemons();
    }
  }

  /** {@code Thread.ofVirtual().name("mx-", 1).factory()}, of JDK 21 and later. */
  private static ThreadFactory virtual()
      throws NoSuchMethodException,
          ClassNotFoundException,
          IllegalAccessException,
          InvocationTargetException {
    Class<?> type = Class.forName("java.lang.Thread$Builder");
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    Object named = type.getMethod("name", String.class, long.class).invoke(builder, "mx-", 1L);
    return (ThreadFactory) type.getMethod("factory").invoke(named);
  }

  private static ThreadFactory daemons() {
    AtomicLong count = new AtomicLong();
    return task -> {
      Thread thread = new Thread(task, "mx-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
