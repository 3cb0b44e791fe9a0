package org.mxrelay.examples.interop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.mxrelay.testkit.Peers;

/**
 * An OpenSMTPD of the test's own, final destination of one domain. Its folders, its helpers and its
 * users are at places that are compiled in: it gets them in a mount namespace, so that it needs not
 * be installed (which it cannot be beside Postfix) and leaves nothing behind.
 *
 * <p>Without TLS: that of Debian 12 fails every handshake, those of openssl's own client too.
 */
final class OpensmtpdServer implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      table users { "ann@%1$s" = "mxbox" }
      smtp max-message-size "64M"
      listen on 127.0.0.1 port %2$d hostname "%3$s"
      action "box" maildir "%4$s/mail" virtual <users>
      match from any for domain "%1$s" action "box"
      """;

  private static final String PASSWD =
      """
      opensmtpd:x:64990:64990::/var/lib/opensmtpd/empty:/usr/sbin/nologin
      opensmtpq:x:64991:64991::/var/lib/opensmtpd/empty:/usr/sbin/nologin
      mxbox:x:64992:64992::/nonexistent:/bin/sh
      """;

  private static final String GROUP =
      """
      opensmtpd:x:64990:
      opensmtpq:x:64991:
      mxbox:x:64992:
      """;

  /** In a namespace of its own: $1 is the test's folder, $2 where the unpacked package lies. */
  private static final String START =
      """
      set -e
      for place in /usr/libexec /var/spool /var/lib /run; do mount -t tmpfs none $place; done
      mkdir -p /usr/libexec/opensmtpd /var/lib/opensmtpd/empty
      mkdir -m 711 /var/spool/smtpd
      mount --bind "$2/libexec/opensmtpd" /usr/libexec/opensmtpd
      mount --bind "$1/passwd" /etc/passwd
      mount --bind "$1/group" /etc/group
      exec "$2/sbin/smtpd" -d -f "$1/smtpd.conf"
      """;

  private final Daemon daemon;
  private final Box box;

  private OpensmtpdServer(Daemon daemon, Box box) {
    this.daemon = daemon;
    this.box = box;
  }

  static OpensmtpdServer start(Path folder, String name, String domain, int port)
      throws IOException, InterruptedException {
    Path usr = Peers.need("opensmtpd", "smtpctl").toAbsolutePath().getParent().getParent();
    requireNamespaces();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path mail = Files.createDirectory(folder.resolve("mail"));
    Files.setPosixFilePermissions(mail, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.writeString(folder.resolve("passwd"), Files.readString(Path.of("/etc/passwd")) + PASSWD);
    Files.writeString(folder.resolve("group"), Files.readString(Path.of("/etc/group")) + GROUP);
    Path configuration =
        Files.writeString(
            folder.resolve("smtpd.conf"), CONFIGURATION.formatted(domain, port, name, folder));
    Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-r--r--"));
    Daemon daemon =
        Daemon.start(
            folder,
            List.of("unshare", "-m", "sh", "-c", START, "sh", folder.toString(), usr.toString()));
    return new OpensmtpdServer(
        daemon.awaitPort(new InetSocketAddress("127.0.0.1", port)), new Box(mail));
  }

  private static void requireNamespaces() throws IOException, InterruptedException {
    Peers.need("opensmtpd", "unshare");
    String mount = "mount -t tmpfs none /run";
    Process probe = new ProcessBuilder("unshare", "-m", "sh", "-c", mount).start();
    if (probe.waitFor() != 0) {
      Peers.missing("opensmtpd", "it needs a mount namespace, which only root may have");
    }
  }

  List<byte[]> awaitMessages(int count) throws IOException {
    return box.await(count);
  }

  @Override
  public void close() {
    daemon.close();
  }
}
