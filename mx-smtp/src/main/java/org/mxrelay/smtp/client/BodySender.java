package org.mxrelay.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.client.WireEncoder.Framing;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.transport.LastByteGate;

/**
 * Sends a message's bytes, asks the gate right before the last one, and hears what the peer says.
 *
 * <p>Confined to one transaction.
 */
final class BodySender {

  private final SmtpConnection connection;
  private final LastByteGate gate;
  private final BodyBlocks.Space space;
  private Runnable whenGone = () -> {};

  BodySender(SmtpConnection connection, LastByteGate gate, BodyBlocks.Space space) {
    this.connection = connection;
    this.gate = gate;
    this.space = space;
  }

  /**
   * What the peer said to the message.
   *
   * @param stage the end of data, or the body where it said no before
   */
  record Answer(Stage stage, Reply reply) {}

  /** Sends the body after a 354, and the final dot. */
  Answer data(MessageSource message) throws SessionBrokenException {
    return data(message, () -> {});
  }

  /**
   * Sends the body after a 354, and the final dot.
   *
   * @param gone called when all has gone out, and before the reply to it is read
   */
  Answer data(MessageSource message, Runnable gone) throws SessionBrokenException {
    whenGone = gone;
    InputStream in = open(message);
    try {
      return send(new BodyBlocks(space, in, Framing.DATA), Long.MAX_VALUE);
    } finally {
      close(in);
    }
  }

  /** Sends the whole message as the last chunk (RFC 3030, 2), whatever its size. */
  Answer chunk(MessageSource message, long wireSize) throws SessionBrokenException {
    connection.add("BDAT " + wireSize + " LAST");
    connection.flush(Stage.BODY);
    InputStream in = open(message);
    try {
      return send(new BodyBlocks(space, in, Framing.BDAT), wireSize);
    } finally {
      close(in);
    }
  }

  /** The message as one block for BDAT, if it is as small as that. */
  Optional<BodyBlocks> onlyBlock(MessageSource message) throws SessionBrokenException {
    InputStream in = open(message);
    try {
      BodyBlocks blocks = new BodyBlocks(space, in, Framing.BDAT);
      next(blocks);
      return Optional.of(blocks).filter(BodyBlocks::isLast);
    } finally {
      close(in);
    }
  }

  /**
   * Adds the whole message as the last chunk behind the commands that wait to be sent, and sends
   * all in one write. The replies are still to be read.
   *
   * @param blocks the message's only block
   */
  void withCommands(BodyBlocks blocks) throws SessionBrokenException {
    connection.add("BDAT " + blocks.length() + " LAST");
    connection.add(blocks.bytes(), blocks.length());
    if (connection.isSilent(Stage.MAIL)) {
      passGate();
    }
    connection.flush(Stage.END_OF_DATA);
  }

  private Answer send(BodyBlocks blocks, long announced) throws SessionBrokenException {
    long left = announced;
    boolean first = true;
    do {
      next(blocks);
      left -= blocks.length();
      // An octet more or less than a chunk announced would be read as a command, or wait for one.
      boolean wrong = left < 0 || (blocks.isLast() && left > 0);
      if (announced < Long.MAX_VALUE && wrong) {
        throw connection.broken(Stage.BODY, "the message is not as large as was said of it");
      }
      if (hasSpoken(blocks, first)) {
        return tooEarly();
      }
      first = false;
      if (blocks.isLast()) {
        passGate();
      }
      Stage stage = blocks.isLast() ? Stage.END_OF_DATA : Stage.BODY;
      connection.send(stage, blocks.bytes(), blocks.length());
      if (connection.hasWriteFailed()) {
        return lastWords(stage);
      }
    } while (!blocks.isLast());
    whenGone.run();
    return new Answer(Stage.END_OF_DATA, connection.read(Stage.END_OF_DATA));
  }

  /** Before the last of several blocks it is worth a millisecond to see that the peer is there. */
  private boolean hasSpoken(BodyBlocks next, boolean isFirst) throws SessionBrokenException {
    return (next.isLast() && !isFirst)
        ? connection.hasInputOrEnd(Stage.BODY)
        : connection.hasInput(Stage.BODY);
  }

  private void passGate() throws SessionBrokenException {
    if (gate.ask() == LastByteGate.Answer.STOP) {
      throw connection.broken(Stage.BODY, "called off right before the last byte");
    }
    connection.lastByteGoesOut();
  }

  /** The peer spoke before the message was through: a no counts, and nothing else can be true. */
  private Answer tooEarly() throws SessionBrokenException {
    return negative(Stage.BODY, "a reply before the end of the message: ");
  }

  /** The connection broke under the message: perhaps the peer said why. */
  private Answer lastWords(Stage stage) throws SessionBrokenException {
    return negative(stage, "the connection broke, though the peer said: ");
  }

  private Answer negative(Stage stage, String otherwise) throws SessionBrokenException {
    Reply reply = connection.read(stage);
    // In the middle of a message there is no way back to commands.
    connection.kill();
    if (reply.isPositive() || reply.isIntermediate()) {
      throw connection.broken(stage, otherwise + reply.printable());
    }
    return new Answer(stage, reply);
  }

  private InputStream open(MessageSource message) throws SessionBrokenException {
    try {
      return message.open();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void next(BodyBlocks blocks) throws SessionBrokenException {
    try {
      blocks.next();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // All its bytes were read; what the peer said to them must not be lost for this.
    }
  }

  private SessionBrokenException unreadable(IOException e) {
    return connection.broken(Stage.BODY, "the message cannot be read: " + e.getMessage());
  }
}
