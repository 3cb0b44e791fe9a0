package org.mxrelay.smtp.backup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;

/**
 * Plays a client's transactions to the primary, over one connection as long as that lasts.
 *
 * <p>Whatever keeps the primary from answering is told to the {@link Watch}, and shows as an empty
 * answer. Confined to the session's thread.
 */
final class LivePlay implements AutoCloseable {

  private final Dialer dialer;
  private final Watch watch;
  private final ClientFacts client;
  private @Nullable Line line;
  private @Nullable Primary with;
  private boolean begun;

  LivePlay(Dialer dialer, Watch watch, ClientFacts client) {
    this.dialer = dialer;
    this.watch = watch;
    this.client = client;
  }

  /** MAIL; nothing if the primary cannot be asked. */
  Optional<Reply> mail(Primary primary, MailCommand mail) throws InterruptedException {
    if (with != primary) {
      hangUp();
    }
    with = primary;
    Optional<Reply> reply = Optional.empty();
    boolean again = line != null && !line.isFresh();
    try {
      reply = Optional.of(connected(primary).mail(mail, anybody(primary)));
    } catch (LineLost e) {
      lost(primary);
      // A peer may end an idle connection at any time, which says nothing of this client's mail.
      reply = again ? onceMore(primary, mail) : reply;
    } catch (Unreached e) {
      watch.unreached(primary, e);
    }
    begun = reply.filter(Reply::isPositive).isPresent();
    return reply;
  }

  private Optional<Reply> onceMore(Primary primary, MailCommand mail) throws InterruptedException {
    try {
      return Optional.of(connected(primary).mail(mail, anybody(primary)));
    } catch (LineLost e) {
      lost(primary);
      return Optional.empty();
    } catch (Unreached e) {
      watch.unreached(primary, e);
      return Optional.empty();
    }
  }

  /** RCPT; nothing if the session is lost. */
  Optional<Reply> rcpt(Recipient recipient) {
    Line now = line;
    if (now == null || with == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(now.rcpt(recipient));
    } catch (LineLost e) {
      lost(with);
      return Optional.empty();
    }
  }

  /**
   * The message.
   *
   * @throws LineLost if no answer came
   */
  Reply message(MessageSource message) throws LineLost {
    Line now = line;
    Primary primary = with;
    if (now == null || primary == null) {
      throw new LineLost(LineLost.Fate.NOT_TAKEN, "no session");
    }
    try {
      Reply reply = now.message(message);
      // One that was refused at DATA is still open at the primary.
      begun = !reply.isPositive();
      if (reply.isPositive()) {
        watch.relayed(primary);
      }
      return reply;
    } catch (LineLost e) {
      lost(primary);
      throw e;
    }
  }

  /** Ends a transaction that was not finished. */
  void reset() {
    Line now = line;
    if (!begun || now == null || with == null) {
      return;
    }
    begun = false;
    try {
      now.reset();
    } catch (LineLost e) {
      lost(with);
    }
  }

  @Override
  public void close() {
    hangUp();
  }

  private Line connected(Primary primary) throws Unreached, InterruptedException {
    if (line == null) {
      line = dialer.dial(primary.domain(), Optional.of(client));
      watch.reached(primary, line.identity());
    }
    return line;
  }

  private void lost(Primary primary) {
    hangUp();
    watch.broken(primary);
  }

  private void hangUp() {
    if (line != null) {
      line.close();
    }
    line = null;
    begun = false;
  }

  /** Whoever takes mail for a domain has a postmaster (RFC 5321, 4.5.1). */
  private static Recipient anybody(Primary primary) {
    return Recipient.of(new Mailbox("postmaster", primary.domain()));
  }
}
