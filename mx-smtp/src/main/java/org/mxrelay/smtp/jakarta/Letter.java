package org.mxrelay.smtp.jakarta;

import jakarta.mail.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.mxrelay.smtp.transport.Transaction;

/**
 * A message of ours in the form that Angus takes: its bytes go out as they are, and are never
 * parsed.
 *
 * <p>Confined to the thread that makes the attempt.
 */
final class Letter extends SMTPMessage {

  private static final int BLOCK = 64 * 1024;

  private final Transaction transaction;
  private final Progress progress;

  /** Is told how far the message has gone, and may stop it by an exception. */
  interface Progress {

    /** So many octets are read and will be written next. */
    void block() throws IOException;

    /** All octets are written; the final dot is next. */
    void end() throws IOException;
  }

  Letter(Session session, Transaction transaction, Offers peer, Progress progress) {
    super(session);
    this.transaction = transaction;
    this.progress = progress;
    setEnvelopeFrom("<" + transaction.envelope().reversePath() + ">");
    setMailExtension(Parameters.ofMail(transaction, peer));
    setSendPartial(true);
  }

  @Override
  public void writeTo(OutputStream out, String[] ignored) throws IOException {
    try (InputStream in = transaction.message().open()) {
      for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
        progress.block();
        out.write(block);
      }
    }
    progress.end();
  }
}
