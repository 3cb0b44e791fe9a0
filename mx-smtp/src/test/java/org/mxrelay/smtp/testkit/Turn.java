package org.mxrelay.smtp.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One step of one session, as a {@link Behaviour} sees it.
 *
 * <p>Confined to the call of the behaviour.
 */
public final class Turn {

  private final ServerSession session;
  private final Step step;
  private final String command;
  private int code;

  Turn(ServerSession session, Step step, String command) {
    this.session = session;
    this.step = step;
    this.command = command;
  }

  public Step step() {
    return step;
  }

  /** The command without its line end; empty where none was given. */
  public String command() {
    return command;
  }

  /** The address in MAIL or RCPT without its angle brackets; empty elsewhere. */
  public String address() {
    return Path.address(command);
  }

  /** The reverse-path of the transaction; empty where it is null or not known. */
  public String reversePath() {
    return session.reversePath();
  }

  /** What went over the connection up to now. */
  public RecordedSession session() {
    return session.record();
  }

  /**
   * The message that has come.
   *
   * @throws IllegalStateException if it has not, or was taken already: only at the end of data
   */
  public ReceivedMessage message() {
    return session.message();
  }

  /** Does what a correct server does. */
  public void normal() throws IOException {
    session.normal(this);
  }

  /**
   * Sends lines. The first digit of the last one decides what the server believes to have said: a
   * recipient counts as accepted, a message as taken, by what was replied.
   */
  public void reply(String... lines) throws IOException {
    String last = lines[lines.length - 1];
    code = last.matches("\\d{3}.*") ? Integer.parseInt(last.substring(0, 3)) : 0;
    if (step == Step.END_OF_DATA && said(2)) {
      take();
    }
    raw((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends bytes that mean nothing to the server itself. */
  public void raw(byte[] bytes) throws IOException {
    session.wire().send(bytes);
  }

  /** The server believes to have replied with this code, whatever bytes were sent. */
  public void count(int asCode) {
    code = asCode;
  }

  /** Takes the message, whatever is replied. Only at the end of data. */
  public void take() {
    session.take();
  }

  /** Waits. The server's stop ends it. */
  public void pause(Duration howLong) throws IOException, InterruptedException {
    session.pause(howLong);
  }

  /** Reads on until the client closes. */
  public void readToEnd() throws IOException {
    session.wire().readToEnd();
  }

  /** Ends the encryption with close_notify, and sends text in the clear on what remains. */
  public void leaveTls(String plaintext) throws IOException {
    session.wire().leaveTls(plaintext.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Waits until the client has sent something; after that there can be no handshake any more. */
  public void awaitInput() throws IOException {
    session.wire().awaitInput();
  }

  /** Sends a fatal TLS alert below whatever encryption there is, and closes the connection. */
  public void alert() throws IOException {
    session.wire().alert();
    session.wire().close();
  }

  /** Shakes hands as a TLS server. */
  public void handshake() throws IOException {
    session.wire().handshake(session.certificate());
  }

  /** Closes the connection. */
  public void hangUp() throws IOException {
    session.wire().close();
  }

  /** Resets the connection. */
  public void reset() throws IOException {
    session.wire().reset();
  }

  boolean said(int firstDigit) {
    return code / 100 == firstDigit;
  }
}
