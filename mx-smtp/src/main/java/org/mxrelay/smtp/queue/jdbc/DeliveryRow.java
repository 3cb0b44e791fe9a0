package org.mxrelay.smtp.queue.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Domain;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageFacts.Content;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.LostLeases;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.SubmissionId;

/**
 * A delivery as it is stored: the numbers that move it, and the delivery itself if it can be read.
 *
 * @param broken why the delivery cannot be read; it then has placeholders
 * @param holdAsked why people want it held as soon as nobody works on it
 * @param cancelAsked what people cancelled while somebody worked on it, one mailbox a line
 */
record DeliveryRow(
    Delivery delivery,
    long message,
    long destination,
    int state,
    int claims,
    String why,
    Optional<String> holdAsked,
    String cancelAsked,
    boolean chunked,
    Optional<String> broken) {

  private static final String COLUMNS =
      "SELECT d.id, d.message, d.destination, d.state, d.claims, d.why, d.hold_asked,"
          + " d.cancel_asked, m.chunks, l.name, m.submission, m.reverse_path, m.options, m.size,"
          + " m.wire_size, m.eight_bit, m.queued_at, d.due, d.attempts, d.delay_noticed,"
          + " d.uncertain, d.recipients";

  private static final String FROM =
      " FROM mx_delivery d LEFT JOIN mx_message m ON m.id = d.message"
          + " LEFT JOIN mx_destination l ON l.id = d.destination ";

  static final String SELECT = COLUMNS + FROM;

  /** With the message's bytes as the last column, if it is small. */
  static final String SELECT_WITH_BODY =
      COLUMNS + ", CASE WHEN m.size <= " + AtHand.LARGEST + " THEN m.body END" + FROM;

  static final int BODY = 23;

  static DeliveryRow read(ResultSet row) throws SQLException {
    row.getLong(9);
    boolean chunked = !row.wasNull();
    Delivery delivery;
    Optional<String> broken = Optional.empty();
    try {
      delivery = delivery(row);
    } catch (RuntimeException e) {
      // Whoever wrote this row, or whatever damaged it: the others must go on.
      delivery = placeholder(row);
      broken = Optional.of("cannot be read: " + e);
    }
    return new DeliveryRow(
        delivery,
        row.getLong(2),
        row.getLong(3),
        row.getInt(4),
        row.getInt(5),
        text(row, 6),
        Optional.ofNullable(row.getString(7)),
        text(row, 8),
        chunked,
        broken);
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    Destination destination = Destination.parse(text(row, 10));
    long noticed = row.getLong(20);
    boolean wasNoticed = !row.wasNull();
    return new Delivery(
        row.getLong(1),
        new SubmissionId(text(row, 11)),
        destination,
        ReversePath.parse(text(row, 12)),
        Texts.options(text(row, 13)),
        Texts.recipients(text(row, 22), destination),
        new MessageFacts(
            row.getLong(14),
            row.getLong(15),
            row.getInt(16) == 0 ? Content.SEVEN_BIT : Content.EIGHT_BIT),
        Micros.instant(row.getLong(17)),
        Micros.instant(row.getLong(18)),
        row.getInt(19),
        Texts.uncertainty(text(row, 21)),
        wasNoticed ? Optional.of(Micros.instant(noticed)) : Optional.empty());
  }

  /** So that people see it in lists and can cancel it. It is never claimed. */
  private static Delivery placeholder(ResultSet row) throws SQLException {
    Destination nowhere = new Domain("unreadable.invalid");
    return new Delivery(
        row.getLong(1),
        new SubmissionId("unreadable-" + row.getLong(1)),
        nowhere,
        ReversePath.NULL,
        EnvelopeOptions.NONE,
        List.of(OpenRecipient.of(Recipient.of(new Mailbox("unreadable", nowhere)))),
        new MessageFacts(0, 0, Content.SEVEN_BIT),
        Micros.instant(row.getLong(17)),
        Micros.instant(row.getLong(18)),
        0,
        Optional.empty(),
        Optional.empty());
  }

  private static String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  long id() {
    return delivery.id();
  }

  QueueEntry entry() {
    String waits = state == States.SUSPECT ? LostLeases.waits(claims) : why;
    return new QueueEntry(delivery, States.word(state), broken.orElse(waits));
  }

  /** The open recipients that people cancelled while somebody worked on it. */
  Set<Mailbox> cancelled() {
    Set<String> names = Set.of(cancelAsked.split("\n"));
    Set<Mailbox> cancelled = new HashSet<>();
    for (OpenRecipient open : delivery.open()) {
      if (names.contains(open.mailbox().toString())) {
        cancelled.add(open.mailbox());
      }
    }
    return cancelled;
  }
}
