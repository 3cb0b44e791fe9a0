package org.mxrelay.smtp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.client.CommandWriter.LineForm;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.RecipientResult.NextTransaction;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transaction;

/**
 * One transaction: MAIL, RCPT for each recipient, the message, and what was answered to whom.
 *
 * <p>Where the peer offers PIPELINING (RFC 2920) the envelope goes out in one write, and nothing
 * ever beyond DATA before its reply. Replies are read in order and counted. Confined to the thread
 * that makes the attempt.
 */
final class Dialogue {

  // Few enough that neither side's buffers fill while the other one writes.
  private static final int BATCH = 50;

  /**
   * Whoever said so often in a row that there are too many recipients says it of all others too.
   */
  private static final int TOO_MANY = 10;

  private static final String DATA = "DATA";

  private final SmtpConnection connection;
  private final Transaction transaction;
  private final SmtpTransport.Chunking chunking;
  private final BodySender sender;
  private final Ledger ledger;
  private final MessageAnswers answers;
  private Optional<Reply> dataReply = Optional.empty();
  private Optional<Reply> lastTooMany = Optional.empty();
  private int tooManyInARow;
  private Optional<List<Command>> rendered = Optional.empty();
  private boolean isAhead;
  private LineForm form = LineForm.ASCII;
  private Runnable whenGone = () -> {};
  private boolean mailAnswered;
  private boolean over;

  Dialogue(
      SmtpConnection connection,
      Transaction transaction,
      SmtpTransport.Chunking chunking,
      BodyBlocks.Space space) {
    this.connection = connection;
    this.transaction = transaction;
    this.chunking = chunking;
    this.sender = new BodySender(connection, transaction.gate(), space);
    this.ledger = new Ledger(transaction.envelope().recipients());
    this.answers = new MessageAnswers(connection, ledger);
  }

  /** Has this called when the message has gone out by DATA, and before its reply is read. */
  Dialogue whenGone(Runnable call) {
    whenGone = call;
    return this;
  }

  /**
   * Says the envelope behind the message of another transaction, if it fits into one group. The
   * connection is not ours before that message has its answer; {@link #run} is for then.
   *
   * @return false if the connection did not take it, and is of no use any more
   */
  boolean sayBehind() {
    Capabilities peer = connection.capabilities();
    if (Preflight.ofMessage(transaction.envelope(), transaction.facts(), peer).isPresent()) {
      return true;
    }
    // RFC 3030, 2: what became of the transaction in front is not known.
    List<Command> envelope = envelope(true);
    rendered = Optional.of(envelope);
    isAhead = !envelope.isEmpty() && envelope.size() < BATCH;
    if (!isAhead) {
      return true;
    }
    CommandWriter group = new CommandWriter();
    envelope.forEach(c -> group.add(c.line(), form));
    group.add(DATA, LineForm.ASCII);
    return connection.writeBehind(group.bytes(), group.length());
  }

  AttemptResult run() throws InterruptedException {
    connection.begin();
    try {
      transact();
    } catch (SessionBrokenException e) {
      if (connection.lastByte() == LastByte.NOT_SENT && Thread.interrupted()) {
        throw new InterruptedException("interrupted before the last byte");
      }
      endForAll(e.result());
    }
    ledger.settlePostponed(Preflight::noRoom);
    return ledger.result(connection.facts());
  }

  /** Whether it broke so early that on a connection used before it says nothing of the message. */
  boolean isStale() {
    return !mailAnswered && !connection.isUsable() && connection.lastByte() == LastByte.NOT_SENT;
  }

  private void transact() throws SessionBrokenException {
    Optional<Lacking> lacking =
        Preflight.ofMessage(transaction.envelope(), transaction.facts(), connection.capabilities());
    if (lacking.isPresent()) {
      ledger.settleOpen(lacking.get());
      return;
    }
    List<Command> envelope = rendered.orElseGet(() -> envelope(!connection.isClean()));
    connection.form(form);
    if (envelope.isEmpty()) {
      return;
    }
    connection.clean(false);
    if (isAhead || !isForOneChunk(envelope) || !inOneChunk(envelope)) {
      withData(envelope);
    }
  }

  /** RSET if need be, MAIL, and RCPT for each recipient; nothing if there is none to be tried. */
  private List<Command> envelope(boolean afterAnother) {
    EnvelopeLines lines = new EnvelopeLines(transaction, connection.capabilities(), ledger);
    form = lines.form();
    Map<Recipient, String> rcpts = lines.rcpts();
    Optional<String> mail = rcpts.isEmpty() ? Optional.empty() : lines.mail();
    List<Command> commands = new ArrayList<>();
    mail.ifPresent(
        line -> {
          if (afterAnother) {
            // RFC 5321, 4.1.1.5: whatever an earlier transaction left is dropped.
            commands.add(new Command(Stage.MAIL, "RSET", this::rsetAnswered));
          }
          commands.add(new Command(Stage.MAIL, line, this::mailAnswered));
          rcpts.forEach(
              (r, rcpt) -> commands.add(new Command(Stage.RCPT, rcpt, y -> rcptAnswered(r, y))));
        });
    return commands;
  }

  // The order of things ----------------------------------------------------------------------

  private boolean isForOneChunk(List<Command> envelope) {
    return chunking == SmtpTransport.Chunking.WHERE_OFFERED
        && connection.capabilities().offers("CHUNKING")
        && isPipelining()
        && envelope.size() < BATCH
        && transaction.facts().wireSize() < BodyBlocks.ONE_BLOCK
        && connection.isFresh();
  }

  /** One round trip: the envelope and the message in one write; false if it does not fit. */
  private boolean inOneChunk(List<Command> envelope) throws SessionBrokenException {
    Optional<BodyBlocks> block = sender.onlyBlock(transaction.message());
    if (block.isEmpty()) {
      return false;
    }
    envelope.forEach(c -> connection.add(c.line()));
    sender.withCommands(block.get());
    hear(envelope);
    if (!over) {
      answers.hearOfChunk(connection.read(Stage.END_OF_DATA));
    }
    return true;
  }

  private void withData(List<Command> envelope) throws SessionBrokenException {
    Command data = new Command(Stage.DATA, DATA, r -> dataReply = Optional.of(r));
    List<Command> commands = new ArrayList<>(envelope);
    if (isPipelining()) {
      commands.add(data);
    }
    if (isAhead) {
      hear(commands);
    } else {
      converse(commands);
    }
    if (!over && dataReply.isEmpty() && ledger.hasAccepted()) {
      converse(List.of(data));
    }
    if (!over && dataReply.isPresent()) {
      dataAnswered(dataReply.get());
    }
  }

  private void converse(List<Command> commands) throws SessionBrokenException {
    int atOnce = isPipelining() ? BATCH : 1;
    for (int i = 0; i < commands.size() && !over; i += atOnce) {
      int end = Math.min(i + atOnce, commands.size());
      List<Command> batch = commands.subList(i, end);
      batch.forEach(c -> connection.add(c.line()));
      connection.flush(batch.get(0).stage());
      hear(batch);
      if (lastTooMany.isPresent() && tooManyInARow >= TOO_MANY) {
        converse(withoutRecipients(commands.subList(end, commands.size()), lastTooMany.get()));
        return;
      }
      if (!isPipelining() && ledger.isSettled()) {
        return;
      }
    }
  }

  // RFC 5321, 4.5.3.1.10: the others are for further transactions; to ask for each of them in each
  // transaction would take a time that grows with the square of their number.
  private List<Command> withoutRecipients(List<Command> rest, Reply tooMany) {
    rest.stream().filter(c -> c.stage() == Stage.RCPT).forEach(c -> c.answer().accept(tooMany));
    return rest.stream().filter(c -> c.stage() != Stage.RCPT).toList();
  }

  private void hear(List<Command> batch) throws SessionBrokenException {
    for (Command command : batch) {
      Reply reply = connection.read(command.stage());
      if (reply.code() == 421) {
        // RFC 5321, 3.8: nobody else will be answered in this session.
        end(new Refused(command.stage(), reply));
        return;
      }
      command.answer().accept(reply);
      if (over) {
        return;
      }
    }
  }

  // The answers ------------------------------------------------------------------------------

  private void rsetAnswered(Reply reply) {
    if (!reply.isPositive()) {
      misplaced(Stage.MAIL, reply);
    }
  }

  private void mailAnswered(Reply reply) {
    mailAnswered = true;
    if (reply.isIntermediate()) {
      misplaced(Stage.MAIL, reply);
    } else if (!reply.isPositive()) {
      ledger.settleEverybody(new Refused(Stage.MAIL, reply));
    }
  }

  private void rcptAnswered(Recipient recipient, Reply reply) {
    if (reply.isIntermediate()) {
      misplaced(Stage.RCPT, reply);
    } else if (reply.isPositive()) {
      // RFC 5321, 4.2.1: the first digit counts; 251 and 252 take the recipient like 250.
      ledger.accept(recipient);
      tooManyInARow = 0;
    } else if (ledger.hasAccepted() && NextTransaction.isMeantBy(reply)) {
      ledger.settle(recipient, new NextTransaction(reply));
      lastTooMany = Optional.of(reply);
      tooManyInARow++;
    } else {
      tooManyInARow = 0;
      ledger.settle(recipient, new Refused(Stage.RCPT, reply));
    }
  }

  private void dataAnswered(Reply reply) throws SessionBrokenException {
    if (reply.isPositive()) {
      misplaced(Stage.DATA, reply);
    } else if (!reply.isIntermediate()) {
      ledger.settleOpen(new Refused(Stage.DATA, reply));
    } else if (ledger.hasAccepted()) {
      BodySender.Answer answer = sender.data(transaction.message(), whenGone);
      answers.hear(answer.stage(), answer.reply());
    } else {
      loneDot();
    }
  }

  // RFC 2920, 3.1: a peer that says 354 with no recipient left is given an empty message, whose
  // reply means nothing.
  private void loneDot() throws SessionBrokenException {
    if (connection.isLmtp()) {
      // RFC 2033, 4.2: for nobody there would be no reply at all.
      connection.kill();
      return;
    }
    byte[] dot = {'.', '\r', '\n'};
    connection.send(Stage.DATA, dot, dot.length);
    connection.read(Stage.DATA);
  }

  private void misplaced(Stage stage, Reply reply) {
    connection.kill();
    end(new Broken(stage, "out of place: " + reply.printable()));
  }

  private void end(RecipientResult forTheOthers) {
    over = true;
    endForAll(forTheOthers);
  }

  /** Who was postponed had no part in a message that was sent, and may have been taken. */
  private void endForAll(RecipientResult result) {
    if (connection.lastByte() == LastByte.SENT) {
      ledger.settleOpen(result);
    } else {
      ledger.settleEverybody(result);
    }
  }

  private boolean isPipelining() {
    return connection.capabilities().offers("PIPELINING");
  }
}
