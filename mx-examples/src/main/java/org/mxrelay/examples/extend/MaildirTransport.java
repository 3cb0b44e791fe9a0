package org.mxrelay.examples.extend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;

/**
 * Delivers into maildirs below a folder. Who has no maildir there is refused for good.
 *
 * <p>It shows what a transport has to tell: for each recipient what became of him, and whether the
 * last byte was sent. Here that byte is the rename of the first message: what is written before it
 * can be thrown away, what comes after it is told recipient by recipient.
 *
 * <p>Safe for use by several threads.
 */
public final class MaildirTransport implements Transport {

  private static final Reply UNKNOWN = Reply.of(550, "5.1.1 No such mailbox in this folder");
  private static final Reply STORED = Reply.of(250, "2.0.0 Stored");

  private final Path root;
  private final AtomicLong numbers = new AtomicLong();

  /**
   * @param root holds a maildir for each mailbox: {@code root/domain/local-part}
   */
  public MaildirTransport(Path root) {
    this.root = root;
  }

  @Override
  public AttemptResult attempt(Transaction transaction) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the attempt");
    }
    SessionFacts nothingSent = SessionFacts.none(transaction.route().address());
    if (!Files.isDirectory(root)) {
      return AttemptResult.broken(
          nothingSent, transaction.envelope().recipients(), Stage.CONNECT, "no folder " + root);
    }
    Map<Recipient, RecipientResult> results = new LinkedHashMap<>();
    Map<Recipient, Path> written = new LinkedHashMap<>();
    Optional<String> failure = write(transaction, results, written);
    if (failure.isEmpty() && !written.isEmpty()) {
      failure = passGate(transaction);
    }
    if (failure.isPresent()) {
      Broken broken = new Broken(Stage.BODY, failure.get());
      written.values().forEach(MaildirTransport::discard);
      transaction.envelope().recipients().forEach(r -> results.putIfAbsent(r, broken));
      return new AttemptResult(nothingSent, results);
    }
    LastByte lastByte = written.isEmpty() ? LastByte.NOT_SENT : LastByte.SENT;
    written.forEach((recipient, file) -> results.put(recipient, publish(recipient, file)));
    return new AttemptResult(
        new SessionFacts(nothingSent.address(), Optional.empty(), Set.of(), lastByte), results);
  }

  /** Writes a copy for each who has a maildir, and answers why that failed, if it did. */
  private Optional<String> write(
      Transaction transaction,
      Map<Recipient, RecipientResult> results,
      Map<Recipient, Path> written) {
    long number = numbers.incrementAndGet();
    try {
      for (Recipient recipient : transaction.envelope().recipients()) {
        Mailbox mailbox = recipient.mailbox();
        Maildir maildir = Maildir.of(root, mailbox);
        if (maildir.exists()) {
          written.put(recipient, maildir.write(transaction, mailbox, number));
        } else {
          results.put(recipient, new Refused(Stage.RCPT, UNKNOWN));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("cannot write: " + e.getMessage());
    }
  }

  private static Optional<String> passGate(Transaction transaction) {
    return transaction.gate().ask() == LastByteGate.Answer.STOP
        ? Optional.of("called off before the first message appeared")
        : Optional.empty();
  }

  /** A rename that fails after the gate is not known to have failed: the recipient is uncertain. */
  private RecipientResult publish(Recipient recipient, Path file) {
    try {
      Maildir.of(root, recipient.mailbox()).publish(file);
      return new Answered(STORED);
    } catch (IOException e) {
      return new Broken(Stage.END_OF_DATA, "cannot store: " + e.getMessage());
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What stays in tmp is nobody's mail; readers of maildirs remove it after 36 hours.
    }
  }
}
