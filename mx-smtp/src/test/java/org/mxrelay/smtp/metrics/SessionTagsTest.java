package org.mxrelay.smtp.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.RecipientResult.NextTransaction;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.Certificate;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;
import org.mxrelay.smtp.transport.SessionFacts.TlsTrouble;
import org.mxrelay.tls.TlsFailure;

final class SessionTagsTest {

  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
  private static final SessionFacts PLAIN = SessionFacts.none(ADDRESS);
  private static final RecipientResult OK = new Answered(Reply.of(250, "2.0.0 ok"));
  private static final RecipientResult BUSY = new Refused(Stage.RCPT, Reply.of(451, "4.3.0 busy"));
  private static final RecipientResult UNKNOWN =
      new Refused(Stage.RCPT, Reply.of(550, "5.1.1 unknown"));

  private static SessionTags of(SessionFacts session, RecipientResult... results) {
    Map<Recipient, RecipientResult> all = new LinkedHashMap<>();
    for (RecipientResult result : results) {
      all.put(Recipient.of(Mailbox.parse("u" + all.size() + "@x.example")), result);
    }
    return SessionTags.of(new AttemptResult(session, all));
  }

  private static String outcome(SessionFacts session, RecipientResult... results) {
    return of(session, results).attempt().get("outcome");
  }

  @Test
  void bestOfItsRecipients_speaksForASession() {
    assertEquals("relayed", outcome(PLAIN, UNKNOWN, BUSY, OK));
    assertEquals("deferred", outcome(PLAIN, UNKNOWN, BUSY));
    assertEquals("refused", outcome(PLAIN, UNKNOWN));
    assertEquals(
        "lacking",
        outcome(PLAIN, new Lacking(Stage.MAIL, EnhancedStatusCode.of("5.6.7"), "no SMTPUTF8")));
    assertEquals("deferred", outcome(PLAIN, new NextTransaction(Reply.of(452, "4.5.3 too many"))));
  }

  @Test
  void lossAfterTheLastByte_isUncertain() {
    SessionFacts sent =
        new SessionFacts(ADDRESS, Optional.empty(), Set.of(), LastByte.SENT, Optional.empty());
    RecipientResult lost = new Broken(Stage.END_OF_DATA, "connection reset");
    assertEquals("uncertain", outcome(sent, lost));
    assertEquals("broken", outcome(PLAIN, lost));
  }

  @Test
  void connections_areTellingWhetherAnybodyWasThere() {
    assertEquals("ok", of(PLAIN, BUSY).connection());
    assertEquals("unreachable", of(PLAIN, new Broken(Stage.CONNECT, "refused")).connection());
    TlsTrouble trouble = new TlsTrouble(TlsFailure.CERTIFICATE_EXPIRED, "expired");
    assertEquals(
        "tls_error",
        of(PLAIN.endedBy(trouble), new Broken(Stage.STARTTLS, "expired")).connection());
  }

  @Test
  void tls_isToldByItsCertificate() {
    SessionFacts dane =
        new SessionFacts(
            ADDRESS,
            Optional.of(new TlsFacts("TLSv1.3", "any", Certificate.DANE)),
            Set.of(),
            LastByte.SENT);
    assertEquals("dane", of(dane, OK).attempt().get("tls"));
    assertEquals("none", of(PLAIN, OK).attempt().get("tls"));
  }

  @Test
  void replies_areCountedByClassAndSubject() {
    assertEquals(Optional.of(Map.of("class", "5", "subject", "x.1")), SessionTags.reply(UNKNOWN));
    assertEquals(
        Optional.of(Map.of("class", "4", "subject", "none")),
        SessionTags.reply(new Refused(Stage.MAIL, Reply.of(421, "later"))));
    assertEquals(
        Optional.of(Map.of("class", "4", "subject", "other")),
        SessionTags.reply(new Refused(Stage.MAIL, Reply.of(421, "4.99.1 later"))));
    assertEquals(Optional.empty(), SessionTags.reply(new Broken(Stage.CONNECT, "refused")));
  }
}
