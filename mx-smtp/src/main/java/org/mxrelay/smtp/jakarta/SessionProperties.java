package org.mxrelay.smtp.jakarta;

import jakarta.mail.Session;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.tls.TlsDemand;

/** The properties of a Jakarta Mail session: the caller's, and those that are never his. */
final class SessionProperties {

  /**
   * What a caller may set. All others are ours, would bypass the checked address, or do harm:
   * chunksize corrupts messages, since Angus stuffs dots in chunks.
   */
  private static final Pattern CALLERS =
      Pattern.compile(
          "mail\\.smtp\\.(auth(\\..+)?|sasl\\..+|saslrealm|submitter|usecanonicalhostname"
              + "|ssl\\.(enable|protocols|ciphersuites))|mail\\.debug(\\..+)?");

  private SessionProperties() {}

  /**
   * @throws IllegalArgumentException if a property is not the caller's to set
   */
  static void check(String name, String value) {
    if (!CALLERS.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "property " + name + "=" + value + ": not one that this transport takes");
    }
  }

  /** A session for one attempt. */
  static Session session(
      AngusOptions options, Transaction transaction, ExchangeTls tls, GuardedSocket socket) {
    TlsDemand demand = transaction.tls();
    Properties all = new Properties();
    all.putAll(options.properties());
    all.putAll(
        Map.of(
            "mail.smtp.localhost", name(options.helo(), socket.getLocalAddress()),
            "mail.smtp.sendpartial", "true",
            "mail.smtp.reportsuccess", "true",
            "mail.smtp.quitwait", "false",
            "mail.smtp.starttls.enable", String.valueOf(wantsTls(options, demand)),
            "mail.smtp.starttls.required", String.valueOf(demand.isMandatory()),
            "mail.smtp.ssl.checkserveridentity", String.valueOf(demand.isVerified()),
            "mail.smtp.ssl.socketFactory", tls,
            "mail.mime.allowutf8", String.valueOf(Needs.utf8(transaction.envelope()))));
    return Session.getInstance(all);
  }

  private static boolean wantsTls(AngusOptions options, TlsDemand demand) {
    return demand.level() != TlsDemand.Level.NONE || options.user().isPresent();
  }

  // RFC 5321, 4.1.3: without a name of its own a client gives its address.
  private static String name(String helo, InetAddress local) {
    String text = local.getHostAddress().replaceFirst("%.*", "");
    String literal = local instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
    return helo.isEmpty() ? literal : helo;
  }
}
