package org.mxrelay.smtp.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;

/**
 * What a session came to, in few words.
 *
 * @param attempt the tags of {@code mx.attempts}: outcome, stage, tls
 * @param connection ok, unreachable or tls_error
 */
record SessionTags(Map<String, String> attempt, String connection) {

  /** What befell a session; the first of them that befell any recipient speaks for it. */
  private enum Outcome {
    RELAYED,
    UNCERTAIN,
    DEFERRED,
    REFUSED,
    LACKING,
    BROKEN;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private record Heard(Outcome outcome, Stage stage) {}

  static SessionTags of(AttemptResult result) {
    SessionFacts session = result.session();
    List<Heard> all = result.results().values().stream().map(r -> heard(r, session)).toList();
    Heard told =
        all.stream()
            .min(Comparator.comparing(Heard::outcome))
            .orElse(new Heard(Outcome.BROKEN, Stage.CONNECT));
    return new SessionTags(
        Map.of(
            "outcome", told.outcome().word(),
            "stage", told.stage().word(),
            "tls", session.tls().map(SessionTags::tls).orElse("none")),
        connection(session, told));
  }

  private static String connection(SessionFacts session, Heard told) {
    if (session.tlsTrouble().isPresent()) {
      return "tls_error";
    }
    boolean unreached = told.outcome() == Outcome.BROKEN && told.stage() == Stage.CONNECT;
    return unreached ? "unreachable" : "ok";
  }

  private static Heard heard(RecipientResult result, SessionFacts session) {
    return result.fold(
        answered -> new Heard(Outcome.RELAYED, Stage.END_OF_DATA),
        refused ->
            new Heard(
                refused.reply().isTransient() ? Outcome.DEFERRED : Outcome.REFUSED,
                refused.stage()),
        lacking -> new Heard(Outcome.LACKING, lacking.stage()),
        next -> new Heard(Outcome.DEFERRED, Stage.RCPT),
        broken ->
            new Heard(
                session.lastByte() == LastByte.SENT ? Outcome.UNCERTAIN : Outcome.BROKEN,
                broken.stage()));
  }

  private static String tls(TlsFacts tls) {
    return switch (tls.certificate()) {
      case VERIFIED -> "verified";
      case DANE -> "dane";
      case UNVERIFIED -> "unverified";
    };
  }

  /** The tags of {@code mx.replies}: the class of its code, and its subject by RFC 3463. */
  static Optional<Map<String, String>> reply(RecipientResult result) {
    Optional<Reply> reply =
        result.fold(
            answered -> Optional.of(answered.reply()),
            refused -> Optional.of(refused.reply()),
            lacking -> Optional.empty(),
            next -> Optional.of(next.reply()),
            broken -> Optional.empty());
    return reply.map(
        r ->
            Map.of(
                "class",
                Integer.toString(r.code() / 100),
                "subject",
                r.status()
                    .map(EnhancedStatusCode::subject)
                    .map(SessionTags::subject)
                    .orElse("none")));
  }

  /** RFC 3463, 3: subjects 0 to 7; what a server makes up is one more, not a thousand more. */
  private static String subject(int subject) {
    return subject <= 7 ? "x." + subject : "other";
  }
}
