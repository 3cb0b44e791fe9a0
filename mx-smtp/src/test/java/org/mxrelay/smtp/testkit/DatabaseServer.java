package org.mxrelay.smtp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A database server of the test's own, with the settings of production: its data in the test's
 * folder, on a free port of the loopback address. A test whose server is not installed is skipped,
 * as {@link org.mxrelay.testkit.Peers} says.
 *
 * <p>Confined to one thread, but for {@link #newDatabase}.
 */
public final class DatabaseServer implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
  private static final int ATTEMPTS = 5;

  private final DatabaseProgram program;
  private final AtomicInteger databases = new AtomicInteger();
  private int port;
  private Process process;

  private DatabaseServer(DatabaseProgram program) {
    this.program = program;
    this.port = freePort();
    this.process = begin();
  }

  /** PostgreSQL, as an unprivileged user. */
  public static DatabaseServer postgresql(Path folder) {
    return started(DatabaseProgram.postgresql(folder));
  }

  /** MariaDB, without accounts. */
  public static DatabaseServer mariadb(Path folder) {
    DatabaseServer server = started(DatabaseProgram.mariadb(folder));
    // What its first start makes of an empty folder is whole only after a stop.
    server.stop();
    server.start();
    return server;
  }

  private static DatabaseServer started(DatabaseProgram program) {
    DatabaseServer server = new DatabaseServer(program);
    try {
      for (int attempt = 1; !server.isReady(); attempt++) {
        if (attempt == ATTEMPTS) {
          throw new IllegalStateException("does not start: " + program.said());
        }
        // Somebody else took the port.
        server.port = freePort();
        server.process = server.begin();
      }
      return server;
    } catch (RuntimeException e) {
      server.process.destroyForcibly();
      throw e;
    }
  }

  /** The JDBC URL of a new and empty database, or schema of one. */
  public String newDatabase() {
    String name = "mail" + databases.incrementAndGet();
    try (Connection connection = DriverManager.getConnection(program.url(port, ""));
        Statement statement = connection.createStatement()) {
      statement.execute(program.creation(name));
      return program.url(port, name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where it listens, on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Ends it as an administrator would. */
  public void stop() {
    signal(program.stopSignal());
  }

  /** Ends it without any goodbye. */
  public void crash() {
    signal(program.crashSignal());
  }

  /** Starts it again with the data it had. */
  public void start() {
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    process = begin();
    // What the one before left behind may take a while to go away, its lock above all.
    while (!isReady()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("does not start again: " + program.said());
      }
      process = begin();
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      crash();
    }
  }

  private void signal(String name) {
    try {
      new ProcessBuilder(List.of("kill", "-" + name, String.valueOf(process.pid())))
          .start()
          .waitFor();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Process begin() {
    try {
      return program.start(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isReady() {
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try (Connection connection = DriverManager.getConnection(program.url(port, ""))) {
        return connection.isValid(10);
      } catch (SQLException notYet) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
    }
    return false;
  }

  private static int freePort() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
