package org.mxrelay.smtp.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.TlsTrouble;
import org.mxrelay.tls.TlsFailure;

/**
 * A session that broke: no answer came, or what came was none. The session is closed.
 *
 * <p>Its message is one printable line.
 */
public final class SessionBrokenException extends IOException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 300;

  private final Stage stage;
  private final transient @Nullable EnhancedStatusCode status;

  SessionBrokenException(Stage stage, String why) {
    super(printable(why));
    this.stage = stage;
    this.status = null;
  }

  /** A session that was broken off for a reason that has a status of its own. */
  SessionBrokenException(Stage stage, EnhancedStatusCode status, String why) {
    super(printable(why));
    this.stage = stage;
    this.status = status;
  }

  SessionBrokenException(Stage stage, String why, IOException cause) {
    super(printable(why), cause);
    this.stage = stage;
    this.status = null;
  }

  /** Where the session stood. */
  public Stage stage() {
    return stage;
  }

  /** The reason, one printable line. */
  String why() {
    return String.valueOf(getMessage());
  }

  /** What is known of a session that never got as far as MAIL. */
  SessionFacts facts(InetSocketAddress address) {
    SessionFacts none = SessionFacts.none(address);
    return tlsFailure().map(f -> none.endedBy(new TlsTrouble(f, why()))).orElse(none);
  }

  private Optional<TlsFailure> tlsFailure() {
    return switch (stage) {
      case STARTTLS -> Optional.of(TlsFailure.STARTTLS_NOT_SUPPORTED);
      case TLS -> Optional.of(TlsFailure.ofHandshake(this));
      default -> Optional.empty();
    };
  }

  RecipientResult.Broken result() {
    return new RecipientResult.Broken(stage, why(), Optional.ofNullable(status));
  }

  /** Errors of sockets and of TLS may quote what a stranger sent. */
  private static String printable(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().limit(LONGEST).map(c -> isHidden(c) ? ' ' : c).forEach(line::appendCodePoint);
    return line.toString();
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
