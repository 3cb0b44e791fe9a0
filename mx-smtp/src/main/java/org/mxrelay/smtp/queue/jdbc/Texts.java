package org.mxrelay.smtp.queue.jdbc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.HeaderForm;
import org.mxrelay.smtp.message.EnvelopeOptions.Ret;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery.Uncertainty;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.OpenRecipient;

/** The texts of columns, written and read. What cannot be read is an IllegalArgumentException. */
final class Texts {

  private static final int EXCHANGE = 300;
  private static final int WHY = 2_000;
  private static final int REPLY = 8_000;
  private static final int RECIPIENT_FIELDS = 9;

  private Texts() {}

  /** One line each. The destination is the delivery's, and not repeated. */
  static String recipients(List<OpenRecipient> recipients) {
    return recipients.stream().map(Texts::recipient).collect(Collectors.joining("\n"));
  }

  static List<OpenRecipient> recipients(String text, Destination destination) {
    List<OpenRecipient> recipients = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      recipients.add(recipient(line, destination));
    }
    return recipients;
  }

  private static String recipient(OpenRecipient open) {
    Recipient recipient = open.recipient();
    List<String> fields = new ArrayList<>(RECIPIENT_FIELDS);
    fields.add(recipient.mailbox().localPart());
    fields.add(
        recipient.notifyOn().stream().sorted().map(Notify::name).collect(Collectors.joining(",")));
    fields.add(recipient.originalRecipient().orElse(""));
    fields.addAll(open.last().map(Texts::diagnostic).orElse(Collections.nCopies(6, "")));
    return Fields.join(fields);
  }

  private static OpenRecipient recipient(String line, Destination destination) {
    List<String> fields = Fields.split(line, RECIPIENT_FIELDS);
    Recipient recipient =
        new Recipient(
            new Mailbox(fields.get(0), destination),
            notifyOn(fields.get(1)),
            Optional.of(fields.get(2)).filter(o -> !o.isEmpty()));
    Optional<Diagnostic> last =
        fields.get(3).isEmpty() ? Optional.empty() : Optional.of(diagnostic(fields.subList(3, 9)));
    return new OpenRecipient(recipient, last);
  }

  private static Set<Notify> notifyOn(String text) {
    if (text.isEmpty()) {
      return Set.of();
    }
    Set<Notify> on = EnumSet.noneOf(Notify.class);
    for (String name : text.split(",")) {
      on.add(Notify.valueOf(name));
    }
    return on;
  }

  /** Six fields: status, category, stage, exchange, reply, why. Peers' texts are bounded. */
  static List<String> diagnostic(Diagnostic d) {
    return List.of(
        d.status().toString(),
        d.category().name(),
        d.stage().map(Stage::name).orElse(""),
        Fields.bounded(d.exchange(), EXCHANGE),
        Fields.bounded(d.reply(), REPLY),
        Fields.bounded(d.why(), WHY));
  }

  static Diagnostic diagnostic(List<String> fields) {
    return new Diagnostic(
        EnhancedStatusCode.of(fields.get(0)),
        Category.valueOf(fields.get(1)),
        Optional.of(fields.get(2)).filter(s -> !s.isEmpty()).map(Stage::valueOf),
        fields.get(3),
        fields.get(4),
        fields.get(5));
  }

  /** Empty where nothing was asked for, as nearly always. */
  static String options(EnvelopeOptions options) {
    if (options.equals(EnvelopeOptions.NONE)) {
      return "";
    }
    return Fields.join(
        List.of(
            options.ret().map(Ret::name).orElse(""),
            options.envid().orElse(""),
            options.tls().name(),
            options.utf8().name(),
            options.priority().map(String::valueOf).orElse("")));
  }

  static EnvelopeOptions options(String text) {
    if (text.isEmpty()) {
      return EnvelopeOptions.NONE;
    }
    // Rows of before there was a priority have one field less.
    boolean old = text.chars().filter(c -> c == '\t').count() == 3;
    List<String> fields = Fields.split(text, old ? 4 : 5);
    return new EnvelopeOptions(
        Optional.of(fields.get(0)).filter(r -> !r.isEmpty()).map(Ret::valueOf),
        Optional.of(fields.get(1)).filter(e -> !e.isEmpty()),
        SenderTls.valueOf(fields.get(2)),
        HeaderForm.valueOf(fields.get(3)),
        Optional.of(old ? "" : fields.get(4)).filter(p -> !p.isEmpty()).map(Integer::valueOf));
  }

  /** Empty where nothing is uncertain. */
  static String uncertainty(Optional<Uncertainty> uncertain) {
    return uncertain
        .map(
            u ->
                Fields.join(
                    List.of(
                        Fields.bounded(u.exchange(), EXCHANGE),
                        Integer.toString(u.preference()),
                        Long.toString(Micros.of(u.at())))))
        .orElse("");
  }

  static Optional<Uncertainty> uncertainty(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> fields = Fields.split(text, 3);
    return Optional.of(
        new Uncertainty(
            fields.get(0),
            Integer.parseInt(fields.get(1)),
            Micros.instant(Long.parseLong(fields.get(2)))));
  }

  static String why(String why) {
    return Fields.bounded(why, WHY);
  }
}
