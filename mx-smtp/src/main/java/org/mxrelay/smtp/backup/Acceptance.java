package org.mxrelay.smtp.backup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.backup.LineLost.Fate;
import org.mxrelay.smtp.backup.Passage.Way;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.SubmissionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a message or refuses it: loop, filter, repetition, then the primary or the queue.
 *
 * <p>Confined to the session's thread.
 */
final class Acceptance {

  private static final Logger log = LoggerFactory.getLogger(Acceptance.class);

  private final Desk desk;
  private final ClientFacts client;
  private final LivePlay live;

  Acceptance(Desk desk, ClientFacts client, LivePlay live) {
    this.desk = desk;
    this.client = client;
    this.live = live;
  }

  Reply of(Passage passage, MessageSource message) throws InterruptedException {
    Arrival arrival;
    try {
      arrival = Arrival.of(passage.mail().reversePath(), message);
    } catch (IOException e) {
      log.error("a message that came in cannot be read", e);
      return refused(Answers.UNREADABLE, "store");
    }
    if (arrival.isLooping()) {
      return refused(Answers.LOOP, "loop");
    }
    FilterVerdict verdict =
        desk.screening()
            .of(new InboundMessage(client, passage.envelope(), message, arrival.facts()));
    return verdict.fold(
        accept -> unlessRepeated(new Approved(passage, message, arrival, accept)),
        refuse -> refused(refuse.reply(), "filter"),
        defer -> refused(defer.reply(), "filter"));
  }

  /** A message that nothing speaks against. */
  private record Approved(
      Passage passage, MessageSource message, Arrival arrival, FilterVerdict.Accept verdict) {}

  private Reply unlessRepeated(Approved approved) {
    List<Mailbox> all = approved.passage().mailboxes();
    Set<Mailbox> taken =
        approved.arrival().print().map(print -> taken(print, all)).orElseGet(Set::of);
    if (!taken.isEmpty()) {
      List<Mailbox> repeated = all.stream().filter(taken::contains).toList();
      desk.tidings().tell(l -> l.repeated(new BackupEvent.Repeated(client, repeated, desk.now())));
    }
    if (taken.containsAll(all)) {
      return Answers.REPEATED;
    }
    boolean liveWith =
        approved.passage().way() == Way.LIVE
            && desk.terms().cutThrough() == CutThrough.MESSAGE
            // The primary was told of all recipients; those who have it must not get it again.
            && taken.isEmpty();
    SubmissionId id = desk.ids().newId();
    MessageSource stamped = stamped(approved, id);
    return liveWith ? live(approved, id, stamped) : queued(approved, id, stamped, taken);
  }

  private Set<Mailbox> taken(MessagePrint print, List<Mailbox> recipients) {
    try {
      return desk.duplicates().taken(print, recipients);
    } catch (RuntimeException e) {
      log.warn("the duplicate filter failed", e);
      return Set.of();
    }
  }

  private Reply live(Approved approved, SubmissionId id, MessageSource stamped) {
    Envelope envelope = approved.passage().envelope();
    try {
      Reply reply = live.message(stamped);
      if (!reply.isPositive()) {
        return refused(reply, "primary");
      }
      learn(approved, approved.passage().mailboxes());
      desk.tidings()
          .tell(
              l ->
                  l.cutThroughTaken(
                      new BackupEvent.CutThroughTaken(client, envelope, reply, desk.now())));
      return reply;
    } catch (LineLost e) {
      log.info("the primary was lost under a message: {}", e.why());
      // RFC 1047: whether it was taken nobody knows, so the client keeps it and tries again.
      return e.fate() == Fate.UNCERTAIN
          ? refused(Answers.UNCERTAIN, "primary")
          : queued(approved, id, stamped, Set.of());
    }
  }

  private Reply queued(
      Approved approved, SubmissionId id, MessageSource stamped, Set<Mailbox> taken) {
    live.reset();
    Envelope all = approved.passage().envelope();
    Envelope envelope =
        all.to(all.recipients().stream().filter(r -> !taken.contains(r.mailbox())).toList());
    Intake.Taken result = desk.intake().take(id, envelope, stamped, approved.verdict().sender());
    if (!result.isStored()) {
      return refused(result.reply(), "store");
    }
    learn(
        approved,
        envelope.recipients().stream().map(r -> r.mailbox()).collect(Collectors.toList()));
    desk.tidings().tell(l -> l.queued(new BackupEvent.Queued(client, envelope, id, desk.now())));
    return result.reply();
  }

  private void learn(Approved approved, List<Mailbox> recipients) {
    Optional<MessagePrint> print = approved.arrival().print();
    try {
      print.ifPresent(p -> desk.duplicates().learn(p, recipients));
    } catch (RuntimeException e) {
      log.warn("the duplicate filter failed", e);
    }
  }

  private MessageSource stamped(Approved approved, SubmissionId id) {
    StringBuilder fields = new StringBuilder();
    // RFC 8601, 5: what a filter found stands above the Received field of the host that asked it.
    approved.verdict().add().forEach(fields::append);
    fields.append(ReceivedField.of(client, desk.terms().helo(), id.value(), desk.now()));
    return new PrefixedMessage(fields.toString(), approved.message());
  }

  /** Tells the listeners, and the client what the operator wants it to hear of a recipient. */
  Reply refused(Recipient recipient, Reply reply, String why) {
    return refused(new Refusal(Optional.of(recipient.mailbox()), Stage.RCPT, reply), why);
  }

  /** The same where the primary does not want the sender. */
  Reply refusedSender(Reply reply) {
    return refused(new Refusal(Optional.empty(), Stage.MAIL, reply), "primary");
  }

  private Reply refused(Reply reply, String why) {
    return refused(new Refusal(Optional.empty(), Stage.END_OF_DATA, reply), why);
  }

  /** What is not taken, and in whose words. */
  private record Refusal(Optional<Mailbox> recipient, Stage stage, Reply reply) {}

  private Reply refused(Refusal of, String why) {
    boolean ours = why.equals("relay") || why.equals("loop");
    Reply told = ours ? of.reply() : Answers.told(of.reply(), desk.terms().answer());
    BackupEvent.Refused event =
        new BackupEvent.Refused(client, of.recipient(), of.stage(), told, why, desk.now());
    desk.tidings().tell(l -> l.refused(event));
    return told;
  }
}
