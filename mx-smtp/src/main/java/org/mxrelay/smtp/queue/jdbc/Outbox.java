package org.mxrelay.smtp.queue.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.Submission;

/**
 * Submissions in a transaction of the caller's. They are only inserted, into tables of their own,
 * so that a caller who takes long keeps nobody else from writing; once committed they are moved
 * among the others by {@link Arriving}.
 */
final class Outbox {

  private static final String INSERT =
      "INSERT INTO mx_outbox (submission, reverse_path, options, size, wire_size, eight_bit,"
          + " queued_at, due, staged, chunks, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String INSERT_LINE =
      "INSERT INTO mx_outbox_line (submission, destination, recipients) VALUES (?, ?, ?)";

  private final Product product;
  private final Connection connection;
  private final LongSupplier newId;

  /**
   * @param connection the caller's
   * @param newId gives an id under which chunks can be stored
   */
  Outbox(Product product, Connection connection, LongSupplier newId) {
    this.product = product;
    this.connection = connection;
    this.newId = newId;
  }

  /** A submission that is in the outbox under its id is left as it is. */
  void put(Submission submission) throws SQLException {
    product.makeDurable(connection);
    try (Statements statements = Statements.lent(connection);
        InputStream in = submission.message().open()) {
      byte[] first = in.readNBytes(Bodies.CHUNK);
      byte[] second = first.length < Bodies.CHUNK ? new byte[0] : in.readNBytes(Bodies.CHUNK);
      if (second.length == 0) {
        insert(statements, submission, Body.of(first));
      } else {
        putLong(statements, submission, List.of(first, second), in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the message of " + submission.id(), e);
    }
  }

  private void putLong(
      Statements statements, Submission submission, List<byte[]> begun, InputStream in)
      throws SQLException, IOException {
    long id = newId.getAsLong();
    int part = 0;
    for (byte[] chunk : begun) {
      putChunk(id, part++, chunk);
    }
    for (byte[] chunk = in.readNBytes(Bodies.CHUNK);
        chunk.length > 0;
        chunk = in.readNBytes(Bodies.CHUNK)) {
      putChunk(id, part++, chunk);
    }
    if (!insert(statements, submission, Body.staged(id, part))) {
      statements.update("DELETE FROM mx_chunk WHERE body = ?", id);
    }
  }

  private void putChunk(long id, int part, byte[] bytes) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO mx_chunk (body, part, bytes) VALUES (?, ?, ?)")) {
      statement.setLong(1, id);
      statement.setInt(2, part);
      statement.setBytes(3, bytes);
      statement.executeUpdate();
    }
  }

  private boolean insert(Statements statements, Submission submission, Body body)
      throws SQLException {
    if (product.insertIfAbsent(statements, INSERT, values(submission, body)) == 0) {
      return false;
    }
    for (Map.Entry<Destination, List<Recipient>> e : submission.byDestination().entrySet()) {
      statements.update(
          INSERT_LINE,
          submission.id().value(),
          e.getKey().toString(),
          Texts.recipients(e.getValue().stream().map(OpenRecipient::of).toList()));
    }
    return true;
  }

  private static @Nullable Object[] values(Submission submission, Body body) {
    MessageFacts facts = submission.facts();
    boolean chunked = body.inline().isEmpty();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(submission.id().value());
    values.add(submission.envelope().reversePath().toString());
    values.add(Texts.options(submission.envelope().options()));
    values.add(facts.size());
    values.add(facts.wireSize());
    values.add(facts.content() == MessageFacts.Content.EIGHT_BIT ? 1 : 0);
    values.add(Micros.of(submission.queuedAt()));
    values.add(Micros.of(submission.due()));
    values.add(chunked ? (Long) body.staged() : null);
    values.add(chunked ? (Integer) body.parts() : null);
    values.add(body.inline().orElse(null));
    return values.toArray();
  }
}
