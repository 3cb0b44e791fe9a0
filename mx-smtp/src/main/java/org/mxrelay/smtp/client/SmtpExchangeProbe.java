package org.mxrelay.smtp.client;

import org.mxrelay.address.ReversePath;
import org.mxrelay.audit.ExchangeProbe;
import org.mxrelay.audit.PeerTls.Trust;
import org.mxrelay.audit.ProbeReport;
import org.mxrelay.audit.ProbeReport.DaneMatch;
import org.mxrelay.audit.ProbeReport.Encryption;
import org.mxrelay.audit.ProbeTarget;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.tls.TlsDemand;

/**
 * Speaks to an exchange as a sender would, up to RCPT and never further.
 *
 * <p>A probe is one session: greeting, EHLO, STARTTLS where it is offered, EHLO again, and for a
 * stranger MAIL with the null reverse-path, RCPT and RSET; then QUIT. Where TLS came about, a
 * second session tries it once more with verification, as a sender does who demands it, and where
 * there are TLSA records a third verifies by those.
 *
 * <p>Safe for use by several threads. The transport is not closed.
 */
public final class SmtpExchangeProbe implements ExchangeProbe {

  private static final TlsDemand VERIFIED = TlsDemand.byOption(TlsDemand.Level.VERIFIED);

  private final SmtpTransport transport;

  private SmtpExchangeProbe(SmtpTransport transport) {
    this.transport = transport;
  }

  /**
   * A probe over a transport: with its EHLO name, its trust, and its timeouts, of which those of
   * RFC 5321 are long for somebody who waits.
   */
  public static SmtpExchangeProbe over(SmtpTransport transport) {
    return new SmtpExchangeProbe(transport);
  }

  @Override
  public ProbeReport probe(ProbeTarget target) throws InterruptedException {
    requireNoInterrupt(target.route());
    ProbeNotes notes = new ProbeNotes();
    try (SmtpSession session = transport.open(target.route())) {
      converse(session, target, notes);
    } catch (SessionBrokenException e) {
      requireNoInterrupt(target.route());
      notes.brokenBy(e);
    }
    if (notes.isEncrypted()) {
      Outcome byName = verify(target.route(), VERIFIED);
      notes.trust(byName.trust(), byName.objection());
      if (target.dane().isPresent()) {
        Outcome byTlsa = verify(target.route(), target.dane().get());
        notes.dane(new DaneMatch(byTlsa.trust(), byTlsa.objection()));
      }
    }
    return notes.report(target.route().address().getAddress());
  }

  private static void converse(SmtpSession session, ProbeTarget target, ProbeNotes notes)
      throws SessionBrokenException {
    notes.greetedWith(session.greeting());
    if (!session.greeting().isPositive()) {
      return;
    }
    Reply ehlo = session.ehlo();
    notes.ehlo(ehlo);
    if (ehlo.isPositive()) {
      encrypt(session, notes);
    } else {
      session.helo(); // RFC 5321, 3.2: an old server knows HELO only
    }
    if (target.stranger().isPresent() && session.mail(ReversePath.NULL).isPositive()) {
      notes.stranger(session.rcpt(Recipient.of(target.stranger().get())));
      session.rset();
    }
  }

  private static void encrypt(SmtpSession session, ProbeNotes notes) throws SessionBrokenException {
    if (!session.extensions().contains("STARTTLS")) {
      notes.encryption(Encryption.NOT_OFFERED);
      return;
    }
    notes.encryption(Encryption.FAILED); // unless what follows comes to an end
    Reply reply = session.startTls(TlsDemand.OPPORTUNISTIC);
    if (reply.isPositive()) {
      notes.encrypted(session);
      session.ehlo();
    } else {
      notes.encryption(Encryption.REFUSED);
      notes.trouble(reply.printable());
    }
  }

  private record Outcome(Trust trust, String objection) {}

  /** What the first session took from anybody, this one takes only from whom it can verify. */
  private Outcome verify(Route route, TlsDemand demand) throws InterruptedException {
    try (SmtpSession session = transport.open(route)) {
      boolean encrypted =
          session.greeting().isPositive()
              && session.ehlo().isPositive()
              && session.startTls(demand).isPositive();
      return new Outcome(encrypted ? Trust.VERIFIED : Trust.UNKNOWN, "");
    } catch (SessionBrokenException e) {
      requireNoInterrupt(route);
      return e.stage() == Stage.TLS
          ? new Outcome(Trust.REFUSED, innermost(e.why()))
          : new Outcome(Trust.UNKNOWN, "");
    }
  }

  /** The JDK puts the classes that complained before what they said. */
  private static String innermost(String why) {
    return why.substring(why.lastIndexOf(": ") + 1).strip();
  }

  /** An interrupt closes the connection, which looks like any other end of it. */
  private static void requireNoInterrupt(Route route) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while probing " + route.exchange());
    }
  }
}
