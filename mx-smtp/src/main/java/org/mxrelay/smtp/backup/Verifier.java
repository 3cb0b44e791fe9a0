package org.mxrelay.smtp.backup;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import org.mxrelay.address.Domain;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.ReplyClassifier;
import org.mxrelay.reply.ReplyContext;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.backup.BackupMemory.Topic;
import org.mxrelay.smtp.message.Recipient;

/**
 * Knows, or asks the primary, whether a mailbox exists: what Postfix's verify(8) does.
 *
 * <p>Safe for use by several threads. Of those who ask about the same mailbox at a time, one asks
 * the primary.
 */
final class Verifier {

  /** Probes at most at a time: more strangers than that guess, and are told to come back. */
  private static final int MOST_PROBES = 20;

  private static final ReplyClassifier CLASSIFIER = ReplyClassifier.standard();

  private final Dialer dialer;
  private final BackupMemory memory;
  private final VerificationTimes times;
  private final InstantSource clock;
  private final Mailbox prober;
  private final Semaphore room = new Semaphore(MOST_PROBES);
  private final Map<Mailbox, CompletableFuture<Optional<Reply>>> inFlight =
      new ConcurrentHashMap<>();

  Verifier(Dialer dialer, Terms terms, BackupMemory memory) {
    this.dialer = dialer;
    this.memory = memory;
    this.times = terms.times();
    this.clock = terms.clock();
    // A sender of its own, as verify(8) has it: many servers check who MAIL names, and refuse the
    // null reverse-path for mailboxes that never sent anything.
    this.prober = new Mailbox("double-bounce", Domain.of(terms.helo()));
  }

  /** What is remembered. */
  Known known(Mailbox mailbox) {
    return Known.read(
        memory.find(Topic.RECIPIENT, Keys.of(mailbox.toString())), times, clock.instant());
  }

  /** The primary's word on a recipient of somebody's message, which may be about that somebody. */
  void learnFromMessage(Mailbox mailbox, Reply toRcpt) {
    if (toRcpt.isPositive() || isAboutTheMailbox(toRcpt)) {
      learn(mailbox, toRcpt);
    }
  }

  private static boolean isAboutTheMailbox(Reply reply) {
    if (!reply.isPermanent()) {
      return false;
    }
    Judgement judgement = CLASSIFIER.classify(reply, ReplyContext.at(Stage.RCPT));
    return judgement.isPermanent() && judgement.category() == Category.RECIPIENT_UNKNOWN;
  }

  /**
   * Asks the primary, and remembers what it said.
   *
   * @return its reply to RCPT; nothing if too many ask at a time, or it would not be asked
   * @throws Unreached if nobody was there
   */
  Optional<Reply> ask(Mailbox mailbox, Domain domain) throws Unreached, InterruptedException {
    CompletableFuture<Optional<Reply>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<Reply>> others = inFlight.putIfAbsent(mailbox, mine);
    if (others != null) {
      return await(others);
    }
    try {
      Optional<Reply> reply = probe(mailbox, domain);
      mine.complete(reply);
      return reply;
    } catch (Unreached | InterruptedException | RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      inFlight.remove(mailbox, mine);
    }
  }

  private static Optional<Reply> await(CompletableFuture<Optional<Reply>> others)
      throws Unreached, InterruptedException {
    try {
      return others.get();
    } catch (ExecutionException e) {
      throw new Unreached("as another probe found: " + e.getCause());
    }
  }

  private Optional<Reply> probe(Mailbox mailbox, Domain domain)
      throws Unreached, InterruptedException {
    if (!room.tryAcquire()) {
      return Optional.empty();
    }
    try (Line line = dialer.dial(domain)) {
      if (!line.mail(prober).isPositive()) {
        return Optional.empty();
      }
      Reply reply = line.rcpt(Recipient.of(mailbox));
      learn(mailbox, reply);
      return Optional.of(reply);
    } catch (LineLost e) {
      throw new Unreached(e.why());
    } finally {
      room.release();
    }
  }

  private void learn(Mailbox mailbox, Reply toRcpt) {
    Known.write(toRcpt, times, clock.instant())
        .ifPresent(memo -> memory.put(Topic.RECIPIENT, Keys.of(mailbox.toString()), memo));
  }
}
