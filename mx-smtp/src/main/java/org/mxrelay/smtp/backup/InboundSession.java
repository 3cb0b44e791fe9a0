package org.mxrelay.smtp.backup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.Attitude.Course;
import org.mxrelay.smtp.backup.Passage.Way;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;

/**
 * A client's session with the backup: one call, one reply for the client. Comes from {@link
 * BackupMx#open}.
 *
 * <p>Each call may ask the primary, and blocks for as long as that takes. No reply is a 354: that
 * is said by the server itself.
 *
 * <p>Confined to one thread at a time.
 */
public final class InboundSession implements AutoCloseable {

  private final Desk desk;
  private final ClientFacts client;
  private final LivePlay live;
  private final Acceptance acceptance;
  private @Nullable Passage passage;

  InboundSession(Desk desk, ClientFacts client) {
    this.desk = desk;
    this.client = client;
    this.live = new LivePlay(desk.dialer(), desk.watch(), client);
    this.acceptance = new Acceptance(desk, client, live);
  }

  /**
   * MAIL begins a transaction; one that was not finished is given up.
   *
   * @return a 2yz, or a refusal, after which there is no transaction
   * @throws InterruptedException if the thread was interrupted while it waited for the primary
   */
  public Reply mail(MailCommand command) throws InterruptedException {
    reset();
    Passage begun = new Passage(command);
    Optional<Primary> only = desk.primaries().only();
    // Where it is not known yet who the primary is, or whether the client is served at all, the
    // primary hears of MAIL with the first recipient.
    if (only.isPresent() && desk.terms().whenUp() == WhenPrimaryUp.ACCEPT) {
      Optional<Reply> said = begin(begun, only.get());
      if (said.isPresent() && !said.get().isPositive()) {
        return acceptance.refusedSender(said.get());
      }
    }
    passage = begun;
    return Answers.SENDER_OK;
  }

  /**
   * RCPT adds a recipient.
   *
   * @return a 2yz, or a refusal of this one alone
   * @throws InterruptedException if the thread was interrupted while it waited for the primary
   */
  public Reply rcpt(Recipient recipient) throws InterruptedException {
    Passage now = passage;
    if (now == null) {
      return Answers.NO_MAIL;
    }
    Optional<Primary> primary = desk.primaries().of(recipient.mailbox().destination());
    if (primary.isEmpty()) {
      return refused(recipient, Answers.NOT_OURS, "relay");
    }
    if (now.excludes(primary.get())) {
      return Answers.OTHER_PRIMARY;
    }
    Course course =
        desk.gatekeeper()
            .attitude(client, now.mail().reversePath(), recipient.mailbox(), primary.get());
    if (course == Course.SEND_AWAY) {
      return refused(recipient, Answers.USE_THE_PRIMARY, "attitude");
    }
    Reply reply = answer(now, primary.get(), recipient);
    if (reply.isPositive()) {
      now.accept(recipient, primary.get());
    }
    return reply;
  }

  private Reply answer(Passage now, Primary primary, Recipient recipient)
      throws InterruptedException {
    if (now.way() == Way.UNDECIDED) {
      begin(now, primary).filter(said -> !said.isPositive()).ifPresent(now::refused);
    }
    Reply refusal = now.refusal();
    if (refusal != null) {
      return refused(recipient, refusal, "primary");
    }
    if (now.way() == Way.LIVE) {
      Optional<Reply> said = live.rcpt(recipient);
      if (said.isPresent()) {
        desk.gatekeeper().learn(recipient.mailbox(), said.get());
        return positive(said.get()) ? said.get() : refused(recipient, said.get(), "primary");
      }
      now.go(Way.QUEUE);
    }
    Reply admitted = desk.gatekeeper().admit(recipient.mailbox(), primary);
    return positive(admitted) ? admitted : refused(recipient, admitted, "verification");
  }

  /**
   * The message, whole. When this returns a 2yz, the primary has taken it or it is durable here.
   *
   * @param message must stay readable until this returns
   * @return the reply to the final dot; the transaction is over
   * @throws InterruptedException if the thread was interrupted while it waited for the filter
   */
  public Reply data(MessageSource message) throws InterruptedException {
    Passage now = passage;
    if (now == null) {
      return Answers.NO_MAIL;
    }
    try {
      if (now.isEmpty()) {
        return Answers.NO_RECIPIENT;
      }
      return acceptance.of(now, message);
    } finally {
      reset();
    }
  }

  /** RSET: gives up the transaction, if there is one. */
  public void reset() {
    passage = null;
    live.reset();
  }

  /** The client is gone. */
  @Override
  public void close() {
    passage = null;
    live.close();
  }

  /** Begins with the primary, if it is to be asked and can be. */
  private Optional<Reply> begin(Passage now, Primary primary) throws InterruptedException {
    boolean asked =
        desk.terms().cutThrough() != CutThrough.OFF && primary.state() != PrimaryState.DOWN;
    Optional<Reply> said = asked ? live.mail(primary, now.mail()) : Optional.empty();
    now.go(said.isPresent() ? Way.LIVE : Way.QUEUE);
    return said;
  }

  private static boolean positive(Reply reply) {
    return reply.isPositive();
  }

  private Reply refused(Recipient recipient, Reply reply, String why) {
    return acceptance.refused(recipient, reply, why);
  }
}
