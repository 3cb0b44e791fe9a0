package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mxrelay.MailRouter;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.smtp.MxRelayBuilder;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.tls.TlsDemand;

/** Options of a backup. Confined to one thread. */
public final class BackupMxBuilder {

  final List<String> domains = new ArrayList<>();
  final List<String> self = new ArrayList<>();
  final List<String> primary = new ArrayList<>();
  final List<BackupListener> listeners = new ArrayList<>();
  final List<RelayListener> relayListeners = new ArrayList<>();
  String helo = "";
  boolean unlisted;
  @Nullable DeliveryQueue queue;
  @Nullable BackupMemory memory;
  @Nullable DuplicateFilter duplicates;
  Duration duplicateWindow = Duration.ofHours(4);
  CutThrough cutThrough = CutThrough.MESSAGE;
  UnknownRecipients unknown = UnknownRecipients.DEFER;
  RecipientMap map = RecipientMap.NONE;
  VerificationTimes times = VerificationTimes.POSTFIX;
  ContentFilter filter = ContentFilter.NONE;
  RefusalAnswer answer = RefusalAnswer.MIRROR;
  WhenPrimaryUp whenUp = WhenPrimaryUp.ACCEPT;
  Duration comeBackAfter = Duration.ofMinutes(15);
  Duration maxHold = Duration.ofDays(14);
  AfterMaxHold afterMaxHold = AfterMaxHold.REPORT;
  Reporting reporting = Reporting.VOUCHED;
  Optional<Duration> delayNotice = Optional.empty();
  Duration stalledAfter = Duration.ofMinutes(15);
  @Nullable MxResolver resolver;
  UnaryOperator<MailRouter.Builder> routing = UnaryOperator.identity();
  UnaryOperator<MxRelayBuilder> forwarding = UnaryOperator.identity();
  UnaryOperator<SmtpTransport.Builder> client = UnaryOperator.identity();
  TlsDemand tls = TlsDemand.OPPORTUNISTIC;
  RetrySchedule retry = HoldPolicy.SCHEDULE;
  SmtpTimeouts timeouts = LiveTimeouts.STANDARD;
  InstantSource clock = InstantSource.system();
  @Nullable RandomGenerator random;
  ThreadFactory threads = BackupMxBuilder::daemon;
  Duration beat = Duration.ofSeconds(1);

  BackupMxBuilder() {}

  /** The domains that are relayed, each exactly and without what is below it. Required. */
  public BackupMxBuilder domains(String... names) {
    domains.addAll(List.of(names));
    return this;
  }

  /**
   * Our own names and addresses, under which the MX set has us: what has the same preference or a
   * worse one is not forwarded to. At least one name is required.
   */
  public BackupMxBuilder self(String... namesAndAddresses) {
    self.addAll(List.of(namesAndAddresses));
    return this;
  }

  /** What EHLO says, and Received fields say of us; default: the first own name. */
  public BackupMxBuilder helo(String name) {
    this.helo = name;
    return this;
  }

  /**
   * The primary, in place of what the DNS says: {@code name}, {@code 192.0.2.1} or {@code
   * [2001:db8::1]}, each with or without {@code :port}, in the order in which to try them. It
   * counts for all domains, and nobody asks whether the MX set names us.
   */
  public BackupMxBuilder primary(String... hosts) {
    primary.addAll(List.of(hosts));
    return this;
  }

  /**
   * Starts even where the DNS does not name us as a backup of every domain. Mail for a domain whose
   * best exchange we are stays in the queue.
   */
  public BackupMxBuilder unlisted() {
    this.unlisted = true;
    return this;
  }

  /**
   * Where messages wait. Required; must be a {@link org.mxrelay.smtp.queue.QueueAdmin} too. The
   * backup delivers from it, and closes it.
   */
  public BackupMxBuilder queue(DeliveryQueue store) {
    this.queue = store;
    return this;
  }

  /**
   * Where it is kept what was learnt of recipients, clients and messages; default: in the process,
   * so that a restart during an outage knows nobody. The backup closes it.
   */
  public BackupMxBuilder memory(BackupMemory store) {
    this.memory = store;
    return this;
  }

  /** Who recognizes messages that come again; default: what the {@link #memory} knows. */
  public BackupMxBuilder duplicates(DuplicateFilter by) {
    this.duplicates = by;
    return this;
  }

  /** How long a message is recognized, more than zero; default 4 hours. */
  public BackupMxBuilder duplicateWindow(Duration length) {
    this.duplicateWindow = length;
    return this;
  }

  /** How much is played to the primary while it answers; default: all of it. */
  public BackupMxBuilder cutThrough(CutThrough how) {
    this.cutThrough = how;
    return this;
  }

  /** What becomes of unknown recipients while the primary is down; default: 450. */
  public BackupMxBuilder unknownRecipients(UnknownRecipients how) {
    this.unknown = how;
    return this;
  }

  /**
   * Who knows the recipients while the primary is not asked, before what is remembered; default:
   * nobody.
   */
  public BackupMxBuilder recipients(RecipientMap by) {
    this.map = by;
    return this;
  }

  /** How long it is remembered who exists; default: as Postfix does. */
  public BackupMxBuilder verificationTimes(VerificationTimes all) {
    this.times = all;
    return this;
  }

  /** Judges messages before they are acknowledged; default: nobody. The backup closes it. */
  public BackupMxBuilder contentFilter(ContentFilter by) {
    this.filter = by;
    return this;
  }

  /** What clients are told of refusals; default: the same. */
  public BackupMxBuilder answer(RefusalAnswer how) {
    this.answer = how;
    return this;
  }

  /** What becomes of clients who come although the primary is up; default: they are served. */
  public BackupMxBuilder whenPrimaryUp(WhenPrimaryUp how) {
    this.whenUp = how;
    return this;
  }

  /**
   * After how long a client is served who was told to go to the primary, more than zero; default 15
   * minutes.
   */
  public BackupMxBuilder comeBackAfter(Duration length) {
    this.comeBackAfter = length;
    return this;
  }

  /** How long a message is held for the primary, 1 hour to 365 days; default 14 days. */
  public BackupMxBuilder maxHold(Duration length) {
    this.maxHold = length;
    return this;
  }

  /** What becomes of it then; default: the sender is told if he may be, else it is kept. */
  public BackupMxBuilder afterMaxHold(AfterMaxHold how) {
    this.afterMaxHold = how;
    return this;
  }

  /** Which senders are told of failures; default: those whom the filter vouched for. */
  public BackupMxBuilder reporting(Reporting to) {
    this.reporting = to;
    return this;
  }

  /**
   * Tells those senders once when their message has waited for that long, more than zero, whether
   * or not it was tried meanwhile; default: nobody is told.
   */
  public BackupMxBuilder delayNotice(Duration age) {
    this.delayNotice = Optional.of(age);
    return this;
  }

  /**
   * How long mail may wait although the primary is up, until that is an alarm, more than zero;
   * default 15 minutes.
   */
  public BackupMxBuilder stalledAfter(Duration length) {
    this.stalledAfter = length;
    return this;
  }

  /** Adds a listener. */
  public BackupMxBuilder listener(BackupListener by) {
    listeners.add(by);
    return this;
  }

  /** Adds a listener to what happens to queued messages. */
  public BackupMxBuilder relayListener(RelayListener by) {
    relayListeners.add(by);
    return this;
  }

  /**
   * How often a message is tried that the primary deferred though it is up; default: 5 minutes
   * doubling to 30. While the primary is down nothing is tried but the primary itself.
   */
  public BackupMxBuilder retry(RetrySchedule schedule) {
    this.retry = schedule;
    return this;
  }

  /**
   * The TLS that every session with the primary must have at least, live or forwarding, under
   * whatever DANE and MTA-STS demand; default: opportunistic. A primary that does not have it is
   * down.
   */
  public BackupMxBuilder tls(TlsDemand floor) {
    this.tls = floor;
    return this;
  }

  /**
   * Further options of the SMTP client that speaks with the primary, live, in probes and
   * forwarding: whom it trusts, from where it connects. Called once for each of the two clients
   * that there are, one while somebody waits and one that forwards. Names and clock stay the
   * backup's own affair, and so do the {@link #timeouts} of the first.
   */
  public BackupMxBuilder client(UnaryOperator<SmtpTransport.Builder> more) {
    this.client = more;
    return this;
  }

  /**
   * Further options of the relay that forwards, such as its concurrency. What is the backup's own
   * affair stays so: its names, queue, routes, TLS, times and failures. A transport that is given
   * here only forwards; it is the relay's to close.
   */
  public BackupMxBuilder forwarding(UnaryOperator<MxRelayBuilder> more) {
    this.forwarding = more;
    return this;
  }

  /** Who answers for the DNS; default: the system's servers. The backup closes it. */
  public BackupMxBuilder resolver(MxResolver by) {
    this.resolver = by;
    return this;
  }

  /** Further options of the router that forwards: its port, its address policy. */
  public BackupMxBuilder routing(UnaryOperator<MailRouter.Builder> more) {
    this.routing = more;
    return this;
  }

  /**
   * How long the primary may take while a client or a probe waits. Default: 10 s to connect, a
   * minute for each command, 8 minutes for the reply to the final dot, since clients wait ten (RFC
   * 5321, 4.5.3.2.6).
   */
  public BackupMxBuilder timeouts(SmtpTimeouts whileSomebodyWaits) {
    this.timeouts = whileSomebodyWaits;
    return this;
  }

  /** Where the time comes from; default: the system's clock. */
  public BackupMxBuilder clock(InstantSource source) {
    this.clock = source;
    return this;
  }

  /** Draws jitter and ids; drawn from by one thread at a time. */
  public BackupMxBuilder random(RandomGenerator source) {
    this.random = source;
    return this;
  }

  /** Makes the threads that watch the primary; default: daemons. */
  public BackupMxBuilder threads(ThreadFactory factory) {
    this.threads = factory;
    return this;
  }

  /** How often it is looked whether something is due. */
  BackupMxBuilder beat(Duration every) {
    this.beat = every;
    return this;
  }

  /**
   * Starts to watch the primary, to forward what is queued, and to take mail.
   *
   * @throws IllegalStateException if there is no domain, no own name or no queue
   * @throws IllegalArgumentException if an option is out of its range, naming it and its value
   * @throws NotABackupException if the DNS does not name us behind a better exchange of each domain
   * @throws org.mxrelay.smtp.queue.QueueInUse if another engine delivers from the queue
   * @throws InterruptedException if the thread was interrupted while it waited for the DNS
   */
  public BackupMx start() throws InterruptedException {
    return BackupMx.start(this);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "mxrelay-backup");
    thread.setDaemon(true);
    return thread;
  }
}
