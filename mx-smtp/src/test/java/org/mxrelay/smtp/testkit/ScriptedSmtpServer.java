package org.mxrelay.smtp.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.mxrelay.routing.Route;
import org.mxrelay.testkit.TestCertificate;

/**
 * An SMTP server on a loopback address that does as it is told, and what a correct one does where
 * it is told nothing.
 *
 * <pre>{@code
 * try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
 *   server.on(Step.RCPT, Behaviour.replyTo(a -> a.startsWith("ann@") ? "" : "550 5.1.1 Who?"));
 *   server.on(Step.END_OF_DATA, Behaviour.reply("451 4.3.0 Not now"), Behaviour.normal());
 *   ...
 *   server.awaitMessages(1, Duration.ofSeconds(5));
 * }
 * }</pre>
 *
 * <p>It offers PIPELINING, 8BITMIME, SIZE, ENHANCEDSTATUSCODES, SMTPUTF8 and DSN; CHUNKING,
 * STARTTLS and others by {@link #offer}. Scripts may change while it runs.
 *
 * <p>Safe for use by several threads. Its threads are daemons and end with it.
 */
public final class ScriptedSmtpServer implements AutoCloseable {

  private final InetSocketAddress address;
  private final Listener listener = new Listener(this);
  private final Inbox inbox = new Inbox();
  private final Map<Step, Behaviour> scripts = new ConcurrentHashMap<>();
  private final List<String> keywords =
      new CopyOnWriteArrayList<>(
          List.of(
              "PIPELINING", "8BITMIME", "SIZE 52428800", "ENHANCEDSTATUSCODES", "SMTPUTF8", "DSN"));
  private volatile String name = "mx.test.example";
  private volatile Optional<TestCertificate> shown = Optional.empty();
  private volatile long bodyHookAt = -1;
  private volatile boolean lmtp;

  private ScriptedSmtpServer(InetAddress on, int port) throws IOException {
    this.address = new InetSocketAddress(on, listener.open(new InetSocketAddress(on, port)));
  }

  /** Starts a server on 127.0.0.1 and a free port. */
  public static ScriptedSmtpServer start() {
    return start("127.0.0.1", 0);
  }

  /**
   * Starts a server.
   *
   * @param loopback an address such as {@code 127.0.0.2} or {@code ::1}
   * @param port a port, or 0 for a free one
   * @throws IllegalArgumentException if that is not a loopback address
   */
  public static ScriptedSmtpServer start(String loopback, int port) {
    try {
      InetAddress on = InetAddress.getByName(loopback);
      if (!on.isLoopbackAddress()) {
        throw new IllegalArgumentException("not a loopback address: " + loopback);
      }
      return new ScriptedSmtpServer(on, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does this at that step, in every session from now on. Of several, the last one stays. */
  public ScriptedSmtpServer on(Step step, Behaviour... inTurn) {
    AtomicInteger asked = new AtomicInteger();
    List<Behaviour> script = List.copyOf(Arrays.asList(inTurn));
    scripts.put(
        step,
        turn -> {
          int i = asked.getAndUpdate(n -> Math.min(n + 1, script.size() - 1));
          script.get(Math.min(i, script.size() - 1)).play(turn);
        });
    return this;
  }

  /** Does this when so many bytes of a body sent with DATA have come. */
  public ScriptedSmtpServer onBody(long afterBytes, Behaviour behaviour) {
    bodyHookAt = afterBytes;
    return on(Step.BODY, behaviour);
  }

  /** Does what a correct server does, at every step. */
  public ScriptedSmtpServer behave() {
    scripts.clear();
    bodyHookAt = -1;
    return this;
  }

  /** Adds EHLO keywords with their parameters, in place of those of the same name. */
  public ScriptedSmtpServer offer(String... more) {
    for (String keyword : more) {
      withdraw(keyword.split(" ", 2)[0]);
      keywords.add(keyword);
    }
    return this;
  }

  /** Takes EHLO keywords away. */
  public ScriptedSmtpServer withdraw(String... names) {
    for (String gone : names) {
      keywords.removeIf(k -> k.equals(gone) || k.startsWith(gone + " "));
    }
    return this;
  }

  /**
   * Speaks LMTP (RFC 2033) from now on: LHLO is what EHLO is else, and is played as {@link
   * Step#EHLO}; the message has a reply for each recipient.
   */
  public ScriptedSmtpServer lmtp() {
    lmtp = true;
    return this;
  }

  /** What it calls itself, in the greeting and in its certificate; {@code mx.test.example}. */
  public ScriptedSmtpServer named(String itself) {
    name = itself;
    return this;
  }

  public String name() {
    return name;
  }

  public InetSocketAddress address() {
    return address;
  }

  public int port() {
    return address.getPort();
  }

  /** The way here: an exchange of that name at this address. */
  public Route route() {
    return new Route(name, 10, address, Route.Origin.STATIC);
  }

  /** Shows this certificate from now on, in place of one of its name that signs itself. */
  public ScriptedSmtpServer shows(TestCertificate other) {
    shown = Optional.of(other);
    return this;
  }

  /** The certificate that it shows; its {@code trustingContext()} is for clients. */
  public TestCertificate certificate() {
    return shown.orElseGet(() -> TestCertificate.of(name));
  }

  /** The messages that it took, in order. */
  public List<ReceivedMessage> messages() {
    return inbox.messages();
  }

  /**
   * Waits for messages.
   *
   * @return all that came, at least so many
   * @throws AssertionError if fewer came in that time
   */
  public List<ReceivedMessage> awaitMessages(int atLeast, Duration atMost)
      throws InterruptedException {
    return inbox.await(atLeast, atMost);
  }

  /** The sessions that it had and has, in order. */
  public List<RecordedSession> sessions() {
    return listener.sessions();
  }

  /** Breaks all sessions off and refuses connections, as a server that is down; keeps the port. */
  public void stop() {
    listener.stop();
  }

  /** Listens again at the same address after a {@link #stop()}. */
  public void restart() {
    try {
      listener.open(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    listener.close();
  }

  Behaviour behaviour(Step step) {
    return scripts.getOrDefault(step, Behaviour.normal());
  }

  boolean isLmtp() {
    return lmtp;
  }

  long bodyHookAt() {
    return bodyHookAt;
  }

  List<String> keywords() {
    return keywords;
  }

  boolean offers(String keyword) {
    return keywords.contains(keyword);
  }

  void took(ReceivedMessage message) {
    inbox.add(message);
  }

  boolean awaitStop(Duration atMost) throws InterruptedException {
    return listener.awaitStop(atMost);
  }
}
