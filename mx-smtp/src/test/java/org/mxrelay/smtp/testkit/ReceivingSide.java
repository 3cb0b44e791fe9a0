package org.mxrelay.smtp.testkit;

import java.util.List;
import org.mxrelay.routing.Route;

/**
 * Where a transport under test delivers to: whatever takes its messages, seen as the contract needs
 * it.
 *
 * <p>Safe for use by several threads.
 */
public interface ReceivingSide extends AutoCloseable {

  /** The way here. */
  Route route();

  /** From now on a recipient is refused for good, and no other. */
  void refuse(String address);

  /** From now on nothing is taken, from nobody. */
  void shut();

  /** What it took, in order. */
  List<Taken> taken();

  @Override
  void close();

  /**
   * A message that was taken.
   *
   * @param reversePath without angle brackets; empty for the null one
   * @param recipients for whom, in order
   * @param text the bytes, one character for each
   */
  record Taken(String reversePath, List<String> recipients, String text) {}

  /** A {@link ScriptedSmtpServer}. */
  static ReceivingSide smtp() {
    return new SmtpReceivingSide(ScriptedSmtpServer.start());
  }
}
