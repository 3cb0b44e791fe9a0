package org.mxrelay.smtp.jakarta;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.MessageFacts.Content;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.Transaction;

/**
 * What MAIL and RCPT say beside the path. Angus knows RET, and NOTIFY for all recipients alike; the
 * rest is put behind its commands. SMTPUTF8 it says by itself, where the session allows UTF-8.
 */
final class Parameters {

  private Parameters() {}

  static String ofMail(Transaction transaction, Offers peer) {
    EnvelopeOptions options = transaction.envelope().options();
    boolean dsn = peer.has("DSN");
    boolean eightBit = transaction.facts().content() == Content.EIGHT_BIT;
    return Stream.of(
            // RFC 1870, 6
            when(peer.has("SIZE"), "SIZE=" + transaction.facts().wireSize()),
            // RFC 6152, 2
            when(peer.has("8BITMIME") && eightBit, "BODY=8BITMIME"),
            // RFC 8689, 3
            when(options.tls() == SenderTls.REQUIRED, "REQUIRETLS"),
            // RFC 3461, 4.3 and 4.4
            options.ret().filter(r -> dsn).map(r -> "RET=" + r.name()),
            options.envid().filter(e -> dsn).flatMap(Parameters::xtext).map(e -> "ENVID=" + e),
            // RFC 6710, 4.1
            options.priority().filter(p -> peer.has("MT-PRIORITY")).map(p -> "MT-PRIORITY=" + p))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  static String ofRcpt(Recipient recipient, Offers peer) {
    if (!peer.has("DSN")) {
      return "";
    }
    // RFC 3461, 4.1 and 4.2
    return Stream.of(
            when(!recipient.notifyOn().isEmpty(), "NOTIFY=" + notify(recipient)),
            recipient.originalRecipient().flatMap(Parameters::typed).map(o -> "ORCPT=" + o))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" "));
  }

  private static String notify(Recipient recipient) {
    return recipient.notifyOn().stream()
        .sorted()
        .map(Notify::name)
        .collect(Collectors.joining(","));
  }

  private static Optional<String> typed(String original) {
    int semicolon = original.indexOf(';');
    String type = semicolon < 0 ? "rfc822" : original.substring(0, semicolon).strip();
    return xtext(original.substring(semicolon + 1).strip()).map(address -> type + ";" + address);
  }

  /** RFC 3461, 4: nothing where the text is beyond ASCII, and so has no xtext. */
  private static Optional<String> xtext(String text) {
    boolean ascii = text.chars().allMatch(c -> c < 0x7f);
    return when(
        ascii,
        text.chars()
            .mapToObj(
                c ->
                    c > ' ' && c != '+' && c != '='
                        ? String.valueOf((char) c)
                        : String.format(Locale.ROOT, "+%02X", c))
            .collect(Collectors.joining()));
  }

  private static Optional<String> when(boolean needed, String parameter) {
    return needed ? Optional.of(parameter) : Optional.empty();
  }
}
