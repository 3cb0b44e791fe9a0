package org.mxrelay.smtp.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.CommandWriter.LineForm;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;

/**
 * A connection that speaks in commands and hears replies, and what is known of its session.
 *
 * <p>Whatever goes wrong closes it and comes out as a {@link SessionBrokenException}. Confined to
 * the thread that uses the session.
 */
final class SmtpConnection {

  /** How long a reply may take that was sent before a write failed. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private static final Duration FAREWELL = Duration.ofSeconds(1);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration WARM = Duration.ofSeconds(1);
  private static final Duration HOT = Duration.ofMillis(20);
  private static final Duration JUST_NOW = Duration.ofMillis(1);

  private final Route route;
  private final Wire wire;
  private final SmtpTimeouts timeouts;
  private final SmartHost.Protocol protocol;
  private final ReplyReader replies;
  private final CommandWriter commands = new CommandWriter();
  private final ConnectionAge age = new ConnectionAge();
  private Capabilities capabilities = Capabilities.NONE;
  private Optional<TlsFacts> tls = Optional.empty();
  private Optional<Reply> early = Optional.empty();
  private @Nullable IOException writeFailure;
  private LineForm form = LineForm.ASCII;
  private LastByte lastByte = LastByte.NOT_SENT;
  private long lookedAt = System.nanoTime() - JUST_NOW.toNanos();
  private boolean usable = true;
  private boolean clean = true;

  SmtpConnection(Route route, Wire wire, SmtpTimeouts timeouts, SmartHost.Protocol protocol) {
    this.route = route;
    this.wire = wire;
    this.timeouts = timeouts;
    this.protocol = protocol;
    wire.altogether(timeouts.whole());
    this.replies = new ReplyReader(wire);
  }

  Route route() {
    return route;
  }

  Wire wire() {
    return wire;
  }

  /** Whether each recipient has a reply of his own after the message (RFC 2033, 4.2). */
  boolean isLmtp() {
    return protocol == SmartHost.Protocol.LMTP;
  }

  ConnectionAge age() {
    return age;
  }

  Capabilities capabilities() {
    return capabilities;
  }

  void offered(Capabilities by) {
    capabilities = by;
  }

  Optional<TlsFacts> tls() {
    return tls;
  }

  LineForm form() {
    return form;
  }

  void form(LineForm ofTransaction) {
    form = ofTransaction;
  }

  LastByte lastByte() {
    return lastByte;
  }

  SessionFacts facts() {
    return new SessionFacts(route.address(), tls, capabilities.keywords(), lastByte);
  }

  /** Begins a transaction. */
  void begin() {
    lastByte = LastByte.NOT_SENT;
    form = LineForm.ASCII;
    wire.altogether(timeouts.whole());
    wire.interruptibleBy(Thread.currentThread());
  }

  /** Whether the peer has nothing left of an earlier transaction. */
  boolean isClean() {
    return clean;
  }

  void clean(boolean now) {
    clean = now;
  }

  /** Whether it can be used for something more. */
  boolean isUsable() {
    return usable;
  }

  boolean hasWriteFailed() {
    return writeFailure != null;
  }

  /** Adds a command to those that {@link #flush} sends. */
  void add(String line) {
    commands.add(line, form);
  }

  void add(byte[] body, int length) {
    commands.add(body, length);
  }

  /** Sends what was added, in one write. */
  void flush(Stage stage) throws SessionBrokenException {
    if (isSilent(stage)) {
      send(stage, commands.bytes(), commands.length());
    }
    commands.clear();
  }

  /**
   * Sends bytes. A failure shows at the next {@link #read}, since the peer may have said why it
   * went.
   */
  void send(Stage stage, byte[] bytes, int length) throws SessionBrokenException {
    try {
      wire.within(timeouts.at(stage == Stage.END_OF_DATA ? Stage.BODY : stage));
      wire.write(bytes, length);
      wire.rest();
    } catch (IOException e) {
      if (wire.isExpired()) {
        throw broken(stage, e);
      }
      writeFailure = e;
      usable = false;
    }
  }

  /**
   * Writes behind a message whose reply another thread awaits. Nothing else of the connection is
   * touched: it is not ours yet, and its deadline is that of who waits.
   */
  boolean writeBehind(byte[] bytes, int length) {
    try {
      wire.write(bytes, length);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The reply is there, and who wrote behind the message has a deadline of his own from now on. */
  void awaitsNext() {
    try {
      wire.within(timeouts.mail());
    } catch (IOException e) {
      kill();
    }
  }

  /** Reads the next reply, within the stage's time. */
  Reply read(Stage stage) throws SessionBrokenException {
    Reply reply = early.isPresent() ? early.get() : next(stage);
    early = Optional.empty();
    // RFC 5321, 3.8: 421 may come at any time, and means that the peer closes.
    usable &= reply.code() != 421;
    return reply;
  }

  private Reply next(Stage stage) throws SessionBrokenException {
    try {
      wire.within(writeFailure == null ? timeouts.at(stage) : LAST_WORDS);
      Reply reply = replies.next();
      wire.rest();
      age.answered();
      return reply;
    } catch (IOException e) {
      throw broken(stage, writeFailure == null || wire.isExpired() ? e : writeFailure);
    }
  }

  /** One command, one reply. */
  Reply ask(Stage stage, String line) throws SessionBrokenException {
    add(line);
    flush(stage);
    return read(stage);
  }

  /** Whether something came that nothing asked for. */
  boolean hasInput(Stage stage) throws SessionBrokenException {
    try {
      return replies.hasInput();
    } catch (IOException e) {
      throw broken(stage, e);
    }
  }

  /** The same, looking closely, which takes a millisecond: that the peer went shows too. */
  boolean hasInputOrEnd(Stage stage) throws SessionBrokenException {
    try {
      return !replies.isSilent();
    } catch (IOException e) {
      throw broken(stage, e);
    }
  }

  /** A reply that has come already behind the one that was read last. */
  Optional<Reply> surplus(Stage stage) throws SessionBrokenException {
    return replies.isBuffered() ? Optional.of(read(stage)) : Optional.empty();
  }

  /** Whether an idle connection may be used again: the peer has neither spoken nor gone. */
  boolean isQuiet() {
    boolean quiet = usable && isQuiet(WARM);
    lookedAt = System.nanoTime();
    return quiet;
  }

  /**
   * Whether the peer is so surely there that a message may go out before it has said anything: from
   * then on a connection that turns out dead makes an attempt uncertain.
   */
  boolean isFresh() {
    return age.answeredWithin(FRESH) && ((age.answeredWithin(HOT) && isJustSeen()) || isQuiet(HOT));
  }

  /** Whether it was found quiet so short a time ago that another look would show the same. */
  private boolean isJustSeen() {
    return System.nanoTime() - lookedAt < JUST_NOW.toNanos();
  }

  /** Looks closely, which takes a millisecond, only if the last answer is longer ago than that. */
  private boolean isQuiet(Duration unlessWithin) {
    try {
      return age.answeredWithin(unlessWithin) ? !replies.hasInput() : replies.isSilent();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Whether the peer has said nothing that was not asked for. A 421 that it said is the next reply,
   * and nothing more is sent.
   */
  boolean isSilent(Stage stage) throws SessionBrokenException {
    if (early.isPresent() || !replies.isBuffered()) {
      return early.isEmpty();
    }
    Reply reply = next(stage);
    if (reply.code() != 421) {
      // One reply too many would shift all that follow, the one to the dot included.
      throw broken(stage, "a reply that nothing asked for: " + reply.printable());
    }
    early = Optional.of(reply);
    return false;
  }

  /** The last byte goes out with the next write. */
  void lastByteGoesOut() throws SessionBrokenException {
    if (!wire.uninterruptible() || Thread.currentThread().isInterrupted()) {
      throw broken(Stage.BODY, "interrupted before the last byte");
    }
    lastByte = LastByte.SENT;
    // LMTP has a reply for each recipient, each with the time of a stage.
    Duration stage = timeouts.endOfData();
    wire.altogether(stage.compareTo(timeouts.whole()) > 0 ? stage : timeouts.whole());
  }

  /** Shakes hands, and forgets all that was said before (RFC 3207, 4.2). */
  void secure(SSLSocket by, TlsFactsOf facts) throws SessionBrokenException {
    try {
      wire.within(timeouts.at(Stage.TLS));
      by.startHandshake();
      wire.secure(by);
      wire.rest();
      tls = Optional.of(facts.of(by));
      replies.restart();
      capabilities = Capabilities.NONE;
    } catch (IOException e) {
      throw broken(Stage.TLS, e);
    }
  }

  /** What is recorded of a handshake. */
  interface TlsFactsOf {
    TlsFacts of(SSLSocket socket);
  }

  /** Says QUIT, and waits for no answer. */
  void quit() {
    if (!usable) {
      kill();
      return;
    }
    usable = false;
    try {
      wire.within(FAREWELL);
      commands.clear();
      commands.add("QUIT", LineForm.ASCII);
      wire.write(commands.bytes(), commands.length());
      wire.closeGently();
    } catch (IOException e) {
      wire.close();
    }
  }

  void kill() {
    usable = false;
    wire.close();
  }

  SessionBrokenException broken(Stage stage, String why) {
    kill();
    return new SessionBrokenException(stage, why);
  }

  private SessionBrokenException broken(Stage stage, IOException e) {
    kill();
    return new SessionBrokenException(stage, why(stage, e), e);
  }

  private String why(Stage stage, IOException e) {
    if (wire.isExpired()) {
      return wire.isOverdue()
          ? "the attempt took longer than " + seconds(timeouts.whole())
          : "timed out after " + seconds(timeouts.at(stage));
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }
}
