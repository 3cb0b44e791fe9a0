package org.mxrelay.smtp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.mxrelay.testkit.Peers;

/**
 * How a database server is run.
 *
 * @param prefix what runs a command as the server's user
 */
record DatabaseProgram(Kind kind, Path folder, Path server, List<String> prefix, Path log) {

  /** Whose program it is. */
  enum Kind {
    POSTGRESQL,
    MARIADB
  }

  static DatabaseProgram postgresql(Path folder) {
    Path server = Peers.need("postgresql", "postgres");
    List<String> prefix = List.of();
    allowThrough(folder);
    Path data = makeFolder(folder.resolve("data"));
    if (System.getProperty("user.name").equals("root")) {
      // It refuses to run as root.
      prefix = List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--");
      run(folder, List.of("chown", "postgres", data.toString()));
    }
    List<String> init = new ArrayList<>(prefix);
    init.add(server.resolveSibling("initdb").toString());
    init.addAll(List.of("-D", data.toString(), "-U", "mx", "-A", "trust"));
    init.addAll(List.of("--locale=C", "-E", "UTF8"));
    run(folder, init);
    return new DatabaseProgram(
        Kind.POSTGRESQL, folder, server, prefix, folder.resolve("server.log"));
  }

  static DatabaseProgram mariadb(Path folder) {
    Path server = Peers.need("mariadb", "mariadbd");
    makeFolder(folder.resolve("data"));
    return new DatabaseProgram(
        Kind.MARIADB, folder, server, List.of(), folder.resolve("server.log"));
  }

  Process start(int port) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(server.toString());
    command.addAll(kind == Kind.POSTGRESQL ? postgresqlOptions(port) : mariadbOptions(port));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private List<String> postgresqlOptions(int port) {
    return List.of(
        "-D",
        folder.resolve("data").toString(),
        "-p",
        String.valueOf(port),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "unix_socket_directories=");
  }

  private List<String> mariadbOptions(int port) {
    List<String> options = new ArrayList<>(List.of("--no-defaults"));
    if (System.getProperty("user.name").equals("root")) {
      options.add("--user=root");
    }
    options.addAll(
        List.of(
            "--datadir=" + folder.resolve("data"),
            "--socket=" + folder.resolve("socket"),
            "--pid-file=" + folder.resolve("pid"),
            "--bind-address=127.0.0.1",
            "--port=" + port,
            // Without the system's own tables: no accounts, and no statistics that are kept.
            "--skip-grant-tables",
            "--skip-networking=0",
            "--innodb-stats-persistent=0",
            "--innodb-buffer-pool-size=64M"));
    return options;
  }

  /** In PostgreSQL a schema, which is made in no time. */
  String creation(String database) {
    return (kind == Kind.POSTGRESQL ? "CREATE SCHEMA " : "CREATE DATABASE ") + database;
  }

  /**
   * @param database empty for none in particular
   */
  String url(int port, String database) {
    return kind == Kind.POSTGRESQL
        ? "jdbc:postgresql://127.0.0.1:%d/postgres?user=mx&currentSchema=%s"
            .formatted(port, database.isEmpty() ? "public" : database)
        : "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=root";
  }

  /** Ends it without waiting for its clients. */
  String stopSignal() {
    return kind == Kind.POSTGRESQL ? "INT" : "TERM";
  }

  /** PostgreSQL's processes would survive the first one's end for a while. */
  String crashSignal() {
    return kind == Kind.POSTGRESQL ? "QUIT" : "KILL";
  }

  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "nothing";
    }
  }

  private static Path makeFolder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's user must be able to walk through a folder of ours. */
  private static void allowThrough(Path folder) {
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Path folder, List<String> command) {
    try {
      Path log = folder.resolve("prepare.log");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      if (process.onExit().join().exitValue() != 0) {
        throw new IllegalStateException(command + ": " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
