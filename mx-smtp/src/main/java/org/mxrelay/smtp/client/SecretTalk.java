package org.mxrelay.smtp.client;

import java.util.ArrayList;
import java.util.List;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;

/**
 * A conversation with a peer that may repeat what it was told: what is secret is taken out of its
 * replies before anybody sees them.
 *
 * <p>Confined to the thread that uses the session.
 */
final class SecretTalk {

  private static final String WITHHELD = "[withheld]";

  private final SmtpConnection connection;
  private final List<String> secrets = new ArrayList<>();

  SecretTalk(SmtpConnection connection) {
    this.connection = connection;
  }

  void hide(String secret) {
    if (!secret.isEmpty()) {
      secrets.add(secret);
    }
  }

  /** Says both on one line, of which the second is secret, and hears the reply. */
  Reply say(String open, String secret) throws SessionBrokenException {
    hide(secret);
    try {
      return veiled(connection.ask(Stage.AUTH, open + secret));
    } catch (SessionBrokenException e) {
      throw new SessionBrokenException(Stage.AUTH, veiled(e.why()));
    }
  }

  SessionBrokenException broken(String why) {
    return connection.broken(Stage.AUTH, why);
  }

  private Reply veiled(Reply reply) {
    // A challenge is for the mechanism alone, which needs it as it is.
    return reply.isIntermediate()
        ? reply
        : new Reply(
            reply.code(), reply.status(), reply.lines().stream().map(this::veiled).toList());
  }

  private String veiled(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, WITHHELD);
    }
    return shown;
  }
}
