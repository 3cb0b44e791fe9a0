package org.mxrelay.smtp.client;

import java.net.InetAddress;
import java.util.Optional;
import org.mxrelay.audit.PeerTls;
import org.mxrelay.audit.PeerTls.Trust;
import org.mxrelay.audit.ProbeReport;
import org.mxrelay.audit.ProbeReport.DaneMatch;
import org.mxrelay.audit.ProbeReport.Encryption;
import org.mxrelay.audit.ProbeReport.Said;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;

/** What a probe has heard so far. Confined to the thread that probes. */
final class ProbeNotes {

  private static final int LONGEST = 200;

  private Optional<Said> greeting = Optional.empty();
  private Optional<Said> ehlo = Optional.empty();
  private Optional<Said> stranger = Optional.empty();
  private Encryption encryption = Encryption.NOT_REACHED;
  private Optional<PeerTls> tls = Optional.empty();
  private Optional<DaneMatch> dane = Optional.empty();
  private String trouble = "";

  void greetedWith(Reply reply) {
    greeting = Optional.of(said(reply));
  }

  void ehlo(Reply reply) {
    // What follows on the other lines are keywords, which are many and say nothing to people.
    ehlo = Optional.of(said(Reply.of(reply.code(), reply.lines().get(0))));
  }

  void stranger(Reply reply) {
    stranger = Optional.of(said(reply));
  }

  void encryption(Encryption came) {
    encryption = came;
  }

  void encrypted(SmtpSession session) {
    TlsFacts facts = session.tls().orElseThrow();
    encryption = Encryption.ENCRYPTED;
    tls =
        session.certificates().stream()
            .findFirst()
            .map(own -> PeerCertificate.of(own).tls(facts.protocol(), Trust.UNKNOWN, ""));
  }

  boolean isEncrypted() {
    return tls.isPresent();
  }

  void trust(Trust came, String objection) {
    tls =
        tls.map(
            t -> new PeerTls(t.protocol(), t.names(), t.issuer(), t.validUntil(), came, objection));
  }

  void dane(DaneMatch match) {
    dane = Optional.of(match);
  }

  void trouble(String why) {
    trouble = cut(why);
  }

  void brokenBy(SessionBrokenException e) {
    trouble(e.why());
  }

  ProbeReport report(InetAddress address) {
    return new ProbeReport(address, greeting, ehlo, encryption, tls, dane, stranger, trouble);
  }

  private static Said said(Reply reply) {
    String all = reply.printable();
    return new Said(reply.code(), cut(all.substring(Math.min(3, all.length())).strip()));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
  }
}
