package org.mxrelay.examples.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.mxrelay.testkit.Peers;

/** A Postfix of the test's own, final destination of one domain, with a maildir for all of it. */
final class PostfixServer implements AutoCloseable {

  private static final String MAIN =
      """
      compatibility_level = 3.6
      queue_directory = %1$s/queue
      data_directory = %1$s/data
      myhostname = %2$s
      mydestination =
      inet_interfaces = 127.0.0.1
      inet_protocols = ipv4
      mynetworks = 127.0.0.0/8
      virtual_mailbox_domains = %3$s
      virtual_mailbox_base = %1$s/mail
      virtual_mailbox_maps = inline:{ ann@%3$s=box/, ben@%3$s=box/, jür@%3$s=box/ }
      virtual_uid_maps = static:65534
      virtual_gid_maps = static:65534
      virtual_minimum_uid = 1
      alias_maps =
      message_size_limit = 31457280
      local_header_rewrite_clients =
      smtputf8_enable = yes
      smtpd_relay_restrictions = reject_unauth_destination
      maillog_file = %1$s/mail.log
      maillog_file_prefixes = %1$s
      """;

  private static final String ADDED = "# Added later.\n";

  private static final String TLS =
      """
      smtpd_tls_security_level = may
      smtpd_tls_cert_file = %s
      smtpd_tls_key_file = %s
      """;

  private static final String MASTER =
      """
      127.0.0.1:%d inet n - n - - smtpd
      cleanup unix n - n - 0 cleanup
      qmgr unix n - n 300 1 qmgr
      rewrite unix - - n - - trivial-rewrite
      bounce unix - - n - 0 bounce
      defer unix - - n - 0 bounce
      trace unix - - n - 0 bounce
      verify unix - - n - 1 verify
      virtual unix - n n - - virtual
      error unix - - n - - error
      retry unix - - n - - error
      anvil unix - - n - 1 anvil
      proxymap unix - - n - - proxymap
      postlog unix-dgram n - n - 1 postlogd
      showq unix n - n - - showq
      tlsmgr unix - - n 1000? 1 tlsmgr
      """;

  private final Path postfix;
  private final Path folder;

  private PostfixServer(Path postfix, Path folder) {
    this.postfix = postfix;
    this.folder = folder;
  }

  static PostfixServer start(Path folder, String name, String domain, int port) throws IOException {
    return start(folder, MAIN.formatted(folder, name, domain), port);
  }

  /** One with more in its main.cf. */
  static PostfixServer start(Path folder, String name, String domain, int port, String more)
      throws IOException {
    return start(folder, MAIN.formatted(folder, name, domain) + ADDED + more, port);
  }

  /** One that offers STARTTLS. */
  static PostfixServer startTls(
      Path folder, String name, String domain, int port, PeerCertificate certificate)
      throws IOException {
    String tls = TLS.formatted(certificate.certificate(), certificate.key());
    return start(folder, MAIN.formatted(folder, name, domain) + tls, port);
  }

  private static PostfixServer start(Path folder, String main, int port) throws IOException {
    Path postfix = Peers.need("postfix", "postfix");
    if (!System.getProperty("user.name").equals("root")) {
      Peers.missing("postfix", "a Postfix can only be started by root");
    }
    // Postfix's processes run as another user and must be able to walk through a folder of ours.
    open(folder, "rwxr-xr-x");
    for (String part : List.of("conf", "queue", "data", "mail")) {
      Files.createDirectories(folder.resolve(part));
    }
    open(folder.resolve("mail"), "rwxrwxrwx");
    run(folder, List.of("chown", "postfix", folder.resolve("data").toString()));
    Files.writeString(folder.resolve("conf/main.cf"), main);
    Files.writeString(folder.resolve("conf/master.cf"), MASTER.formatted(port));
    PostfixServer server = new PostfixServer(postfix, folder);
    server.control("start");
    return server;
  }

  /** Waits until that many messages lie in the maildir. */
  List<byte[]> awaitMessages(int count) throws IOException {
    return new Box(folder.resolve("mail/box")).await(count);
  }

  void stop() throws IOException {
    control("stop");
  }

  /** After a stop, with that in its main.cf in place of what was added to it. */
  void start(String more) throws IOException {
    Path main = folder.resolve("conf/main.cf");
    String before = Files.readString(main);
    int added = before.indexOf(ADDED);
    Files.writeString(main, (added < 0 ? before : before.substring(0, added)) + ADDED + more);
    control("start");
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(folder.resolve("queue/pid/master.pid")) && isRunning()) {
      control("stop");
    }
  }

  private boolean isRunning() throws IOException {
    return new ProcessBuilder(postfix.toString(), "-c", folder.resolve("conf").toString(), "status")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .onExit()
            .join()
            .exitValue()
        == 0;
  }

  private void control(String verb) throws IOException {
    run(folder, List.of(postfix.toString(), "-c", folder.resolve("conf").toString(), verb));
  }

  private static void open(Path folder, String permissions) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  private static void run(Path folder, List<String> command) throws IOException {
    Path log = folder.resolve("control.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(command + ": " + Files.readString(log));
    }
  }
}
