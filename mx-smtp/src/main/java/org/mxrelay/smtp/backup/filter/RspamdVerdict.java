package org.mxrelay.smtp.backup.filter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.HeaderField;
import org.mxrelay.smtp.backup.SenderTrust;

/** What rspamd's answer means for a message. */
final class RspamdVerdict {

  private static final HeaderField SPAM = new HeaderField("X-Spam", "Yes");

  private RspamdVerdict() {}

  /**
   * @throws IOException if the action is not known
   */
  static FilterVerdict of(RspamdAnswer answer, ReversePath from) throws IOException {
    SenderTrust trust = trust(answer, from);
    return switch (answer.action()) {
      // "greylist" names a score. Its module says "soft reject" where a message has to wait, and
      // knows when it has waited; nobody here does.
      case "no action", "greylist" -> new FilterVerdict.Accept(trust, answer.fields());
      // The subject stays as it was signed.
      case "add header", "rewrite subject" -> new FilterVerdict.Accept(trust, marked(answer));
      case "soft reject" ->
          new FilterVerdict.Defer(reply(451, "4.7.1", answer.words().orElse("Try again later")));
      // Neither is mail dropped here in silence, nor kept for a person: the sender is told.
      case "reject", "discard", "quarantine" ->
          new FilterVerdict.Refuse(
              reply(554, "5.7.1", answer.words().orElse("Spam message rejected")));
      default -> throw new IOException("the unknown action '" + answer.action() + "'");
    };
  }

  private static List<HeaderField> marked(RspamdAnswer answer) {
    List<HeaderField> fields = new ArrayList<>(answer.fields());
    fields.add(SPAM);
    return fields;
  }

  /** In its words, which may begin with a status of their own. */
  private static Reply reply(int code, String status, String words) {
    Reply bare = Reply.of(code, words);
    return bare.status().isPresent() ? bare : Reply.of(code, status + " " + words);
  }

  private static SenderTrust trust(RspamdAnswer answer, ReversePath from) {
    Optional<String> domain = domain(from);
    boolean vouched =
        domain.isPresent()
            && (answer.symbols().containsKey("R_SPF_ALLOW") || isSigned(answer, domain.get()));
    return vouched ? SenderTrust.VOUCHED : SenderTrust.UNKNOWN;
  }

  /** Whether a signature stands for the domain, or one above it that is more than a top level. */
  private static boolean isSigned(RspamdAnswer answer, String domain) {
    return answer.symbols().getOrDefault("R_DKIM_ALLOW", List.of()).stream()
        .map(option -> option.split(":", 2)[0].toLowerCase(Locale.ROOT))
        .filter(signer -> signer.contains("."))
        .anyMatch(signer -> domain.equals(signer) || domain.endsWith("." + signer));
  }

  private static Optional<String> domain(ReversePath from) {
    return from instanceof Mailbox mailbox
        ? Optional.of(mailbox.destination().toString())
        : Optional.empty();
  }
}
