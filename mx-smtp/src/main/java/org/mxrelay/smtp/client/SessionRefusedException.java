package org.mxrelay.smtp.client;

import java.io.IOException;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.transport.RecipientResult;

/** The peer would not have a session: it said no before MAIL. */
final class SessionRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Stage stage;
  private final transient Reply reply;

  SessionRefusedException(Stage stage, Reply reply) {
    super(reply.printable());
    this.stage = stage;
    this.reply = reply;
  }

  RecipientResult.Refused result() {
    return new RecipientResult.Refused(stage, reply);
  }
}
