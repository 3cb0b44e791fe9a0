package org.mxrelay.smtp.backup;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.mxrelay.MailRouter;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.MxRelayBuilder;
import org.mxrelay.smtp.SubmissionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a backup, put together.
 *
 * <p>Immutable.
 *
 * @param helpers their threads probe
 * @param memory what is remembered
 * @param filter judges messages
 * @param clients speak with the primary
 */
record BackupParts(
    Desk desk,
    MxRelay relay,
    Release release,
    Backlogs backlogs,
    Alarms alarms,
    Optional<LateNotices> notices,
    Forwarding forwarding,
    BackupMemory memory,
    ExecutorService helpers,
    ContentFilter filter,
    Clients clients) {

  private static final Logger log = LoggerFactory.getLogger(BackupParts.class);

  static BackupParts of(BackupMxBuilder with) throws InterruptedException {
    Options options = Options.of(with);
    options.requireBackup(with);
    Terms terms = Terms.of(with, options.helo());
    Primaries primaries =
        Primaries.of(options.domains(), options.primary(), terms.clock().instant());
    MailRouter mail = router(with, options);
    PrimaryRouter router = new PrimaryRouter(mail, primaries);
    Clients clients = Clients.of(with, options);
    Dialer.Tls tls = new Dialer.Tls(mail.tlsPolicy(), with.tls);
    Dialer dialer = new Dialer(router, tls, clients.live(), options.self().names());
    try {
      return new Ground(with, options, terms, primaries, router, mail, clients, dialer).build();
    } catch (RuntimeException e) {
      closeOurOwn(with, mail, clients);
      throw e;
    }
  }

  /** What the caller gave stays open for him to try again. */
  private static void closeOurOwn(BackupMxBuilder with, MailRouter mail, Clients clients) {
    clients.close();
    if (with.resolver == null) {
      mail.close();
    }
  }

  private static MailRouter router(BackupMxBuilder with, Options options) {
    MailRouter.Builder router = MailRouter.builder().clock(with.clock);
    if (with.resolver != null) {
      router.resolver(with.resolver);
    }
    with.self.forEach(router::self);
    if (!options.primary().isEmpty()) {
      String[] hosts = options.primary().toArray(String[]::new);
      options.domains().forEach(d -> router.route(d.name(), hosts));
    }
    return with.routing.apply(router).build();
  }

  /** What the other parts stand on. */
  private record Ground(
      BackupMxBuilder with,
      Options options,
      Terms terms,
      Primaries primaries,
      PrimaryRouter router,
      MailRouter mail,
      Clients clients,
      Dialer dialer) {

    BackupParts build() {
      Tidings tidings = new Tidings(with.listeners);
      Alarms alarms = new Alarms(tidings);
      BackupMemory memory = memory();
      Tellable tellable = new Tellable(memory, with.reporting);
      Release release = new Release(options.admin(), primaries, terms.clock());
      Watch watch = new Watch(dialer, release, alarms, tidings, terms.clock());
      Forwarding forwarding = new Forwarding();
      MxRelay relay = relay(tellable, new Hearing(primaries, watch, release, alarms, forwarding));
      release.by(relay);
      ExecutorService helpers = Executors.newCachedThreadPool(with.threads);
      Desk desk =
          new Desk(
              terms,
              primaries,
              dialer,
              watch,
              new Gatekeeper(
                  with,
                  terms,
                  new Verifier(dialer, terms, memory),
                  watch,
                  new Gatekeeper.Later(new Sightings(memory), helpers)),
              new Screening(with.filter, alarms, terms.clock()),
              duplicates(memory),
              new Intake(relay, tellable, alarms, terms),
              new SubmissionFactory(terms.clock(), random()),
              tidings);
      Backlogs backlogs = new Backlogs(options.queue(), options.admin(), primaries);
      return new BackupParts(
          desk,
          relay,
          release,
          backlogs,
          alarms,
          notices(new LateNotice(desk, relay, options.queue(), tellable, with.relayListeners)),
          forwarding,
          memory,
          helpers,
          with.filter,
          clients);
    }

    private Optional<LateNotices> notices(LateNotice notice) {
      return with.delayNotice.map(age -> new LateNotices(age, options.admin(), primaries, notice));
    }

    private MxRelay relay(Tellable tellable, Hearing hearing) {
      MxRelayBuilder relay =
          with.forwarding
              .apply(MxRelay.builder().transport(clients.forwarding()))
              .helo(options.helo())
              .queue(options.queue())
              .router(router)
              .tlsPolicy(mail.tlsPolicy())
              .tls(with.tls)
              .retry(HoldPolicy.of(with))
              .holds(new KeepRule(primaries, tellable, with.afterMaxHold))
              .clock(with.clock)
              .random(random())
              .listener(hearing);
      with.relayListeners.forEach(relay::listener);
      return relay.start();
    }

    private BackupMemory memory() {
      BackupMemory given = with.memory;
      if (given == null) {
        log.warn("what is learnt of recipients is forgotten with the process: no memory was given");
      }
      return new ForgivingMemory(given != null ? given : MemoryInProcess.create());
    }

    private DuplicateFilter duplicates(BackupMemory memory) {
      DuplicateFilter given = with.duplicates;
      return given != null
          ? given
          : new StoredDuplicates(memory, with.duplicateWindow, terms.clock());
    }

    private RandomGenerator random() {
      RandomGenerator given = with.random;
      return given != null ? given : () -> ThreadLocalRandom.current().nextLong();
    }
  }

  Heartbeat heartbeat() {
    Quiet quiet = new Quiet(desk.primaries(), release);
    return new Heartbeat(
        desk, backlogs, alarms, memory, new Heartbeat.Background(quiet, notices, helpers));
  }

  Etrn etrn() {
    return new Etrn(desk.primaries(), desk.dialer(), desk.watch(), release);
  }

  /** The relay closes the queue and the router, and the router what answers it. */
  void close() {
    helpers.shutdownNow();
    List<AutoCloseable> all = List.of(relay, clients, filter, memory);
    for (AutoCloseable part : all) {
      try {
        part.close();
      } catch (Exception e) {
        log.warn("a part of the backup could not be closed", e);
      }
    }
  }
}
