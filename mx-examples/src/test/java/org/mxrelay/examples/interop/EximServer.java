package org.mxrelay.examples.interop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.mxrelay.testkit.Peers;

/** An Exim of the test's own that takes all mail, and puts it into one maildir. */
final class EximServer implements AutoCloseable {

  /** Debian's Exim has the name of its user compiled in. */
  private static final String USER = "Debian-exim";

  private static final String CONFIGURATION =
      """
      exim_path = %1$s
      primary_hostname = %3$s
      spool_directory = %2$s/spool
      log_file_path = %2$s/log/%%slog
      pid_file_path = %2$s/exim.pid
      tls_certificate = %4$s
      tls_privatekey = %5$s
      tls_advertise_hosts = *
      smtputf8_advertise_hosts = *
      chunking_advertise_hosts = *
      pipelining_advertise_hosts = *
      message_size_limit = 64M
      smtp_accept_queue_per_connection = 0
      keep_environment =
      host_lookup =
      rfc1413_query_timeout = 0s
      never_users =
      acl_smtp_rcpt = accept
      acl_smtp_data = accept
      begin routers
      all:
        driver = accept
        transport = box
      begin transports
      box:
        driver = appendfile
        directory = %2$s/mail
        maildir_format
        use_crlf
        user = Debian-exim
      """;

  private final Daemon daemon;
  private final Box box;

  private EximServer(Daemon daemon, Box box) {
    this.daemon = daemon;
    this.box = box;
  }

  static EximServer start(Path folder, String name, int port, PeerCertificate certificate)
      throws IOException, InterruptedException {
    Path exim = Peers.need("exim4", "exim4");
    if (!System.getProperty("user.name").equals("root")) {
      Peers.missing("exim4", "Exim changes its user, which only root may");
    }
    if (new ProcessBuilder("id", "-u", USER).start().waitFor() != 0) {
      Peers.missing("exim4", "there is no user " + USER);
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String part : List.of("spool", "log", "mail")) {
      Path made = Files.createDirectories(folder.resolve(part));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    // Exim reads its key as its own user.
    Files.setPosixFilePermissions(
        certificate.key().getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(certificate.key(), PosixFilePermissions.fromString("rw-r--r--"));
    Path configuration =
        Files.writeString(
            folder.resolve("exim.conf"),
            CONFIGURATION.formatted(
                exim, folder, name, certificate.certificate(), certificate.key()));
    Daemon daemon =
        Daemon.start(
            folder,
            List.of(
                exim.toString(),
                "-C",
                configuration.toString(),
                "-bdf",
                "-oX",
                "127.0.0.1:" + port));
    return new EximServer(
        daemon.awaitPort(new InetSocketAddress("127.0.0.1", port)),
        new Box(folder.resolve("mail")));
  }

  List<byte[]> awaitMessages(int count) throws IOException {
    return box.await(count);
  }

  @Override
  public void close() {
    daemon.close();
  }
}
