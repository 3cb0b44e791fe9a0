package org.mxrelay.examples.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.relay.MapFile;
import org.mxrelay.smtp.backup.AfterMaxHold;
import org.mxrelay.smtp.backup.BackupMxBuilder;
import org.mxrelay.smtp.backup.ContentFilter;
import org.mxrelay.smtp.backup.CutThrough;
import org.mxrelay.smtp.backup.RefusalAnswer;
import org.mxrelay.smtp.backup.UnknownRecipients;
import org.mxrelay.smtp.backup.WhenPrimaryUp;
import org.mxrelay.smtp.backup.filter.FilterChain;
import org.mxrelay.smtp.backup.filter.MilterFilter;
import org.mxrelay.smtp.backup.filter.RspamdFilter;
import picocli.CommandLine.Option;

/** For whom the gateway is the backup, and on whose word it takes mail. */
final class BackupArguments {

  private static final String MAP = "map:";

  @Option(
      names = "--domain",
      paramLabel = "D",
      required = true,
      description = "A domain to be the backup of; repeatable. Nothing else is taken.")
  private List<String> domains = new ArrayList<>();

  @Option(
      names = "--primary",
      paramLabel = "HOST[:PORT]",
      description = "The primary, in place of the MX set's better exchanges; repeatable.")
  private List<String> primary = new ArrayList<>();

  @Option(
      names = "--unlisted",
      description = "Start even if the MX set does not name us behind a better exchange.")
  private boolean unlisted;

  @Option(
      names = "--verify",
      split = ",",
      paramLabel = "cut-through|envelope|cache|map:FILE",
      description =
          "How recipients are verified; several with commas. cut-through plays the transaction to"
              + " the primary while it answers, envelope all of it but the message; cache asks by"
              + " probes and remembers; map:FILE lists the mailboxes. Default: cut-through.")
  private List<String> verify = List.of("cut-through");

  @Option(
      names = "--unknown",
      paramLabel = "defer|accept",
      description = "What becomes of unknown recipients while the primary is down. Default: defer.")
  private UnknownRecipients unknown = UnknownRecipients.DEFER;

  @Option(
      names = "--rspamd",
      paramLabel = "URL",
      description = "Ask rspamd about each message: http://HOST[:11333].")
  private @Nullable String rspamd;

  @Option(
      names = "--milter",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      description = "Ask a milter about each message; repeatable.")
  private List<InetSocketAddress> milters = new ArrayList<>();

  @Option(
      names = "--max-hold",
      paramLabel = "D",
      converter = DurationOption.class,
      description = "How long a message is held for the primary. Default: 14d.")
  private Duration maxHold = Duration.ofDays(14);

  @Option(
      names = "--after-max-hold",
      paramLabel = "report|keep",
      description = "What becomes of it then. Default: report.")
  private AfterMaxHold afterMaxHold = AfterMaxHold.REPORT;

  @Option(
      names = "--stalled-after",
      paramLabel = "D",
      converter = DurationOption.class,
      description = "How long mail may wait although the primary is up. Default: 15m.")
  private Duration stalledAfter = Duration.ofMinutes(15);

  @Option(
      names = "--answer",
      paramLabel = "mirror|defer",
      description =
          "What clients are told of refusals: the same, or to come back. Default: mirror.")
  private RefusalAnswer answer = RefusalAnswer.MIRROR;

  @Option(
      names = "--when-primary-up",
      paramLabel = "accept|defer",
      description = "What becomes of clients who come although it is up. Default: accept.")
  private WhenPrimaryUp whenUp = WhenPrimaryUp.ACCEPT;

  List<String> domains() {
    return domains;
  }

  /** Sets all of it. */
  void applyTo(BackupMxBuilder backup, String name) {
    backup
        .domains(domains.toArray(String[]::new))
        .primary(primary.toArray(String[]::new))
        .unknownRecipients(unknown)
        .contentFilter(filter(name))
        .maxHold(maxHold)
        .afterMaxHold(afterMaxHold)
        .stalledAfter(stalledAfter)
        .answer(answer)
        .whenPrimaryUp(whenUp);
    if (unlisted) {
      backup.unlisted();
    }
    verify(backup);
  }

  private void verify(BackupMxBuilder backup) {
    CutThrough how = CutThrough.OFF;
    for (String word : verify) {
      if (word.startsWith(MAP)) {
        backup.recipients(map(word.substring(MAP.length())));
      } else {
        how = strongest(how, word);
      }
    }
    backup.cutThrough(how);
  }

  private static CutThrough strongest(CutThrough sofar, String word) {
    CutThrough named =
        switch (word) {
          case "cut-through" -> CutThrough.MESSAGE;
          case "envelope" -> CutThrough.ENVELOPE;
          case "cache" -> CutThrough.OFF;
          default ->
              throw UsageError.of(
                  "--verify", word, "expected cut-through, envelope, cache or map:FILE");
        };
    return named.compareTo(sofar) < 0 ? named : sofar;
  }

  private static MapFile map(String file) {
    try {
      return MapFile.open(Path.of(file));
    } catch (IOException e) {
      throw UsageError.of("--verify", MAP + file, Failures.reading(e));
    }
  }

  private ContentFilter filter(String name) {
    List<ContentFilter> filters = new ArrayList<>();
    if (rspamd != null) {
      filters.add(rspamd(rspamd));
    }
    milters.forEach(at -> filters.add(MilterFilter.builder(at).name(name).build()));
    return FilterChain.of(filters);
  }

  private static ContentFilter rspamd(String url) {
    try {
      return RspamdFilter.builder(new URI(url)).build();
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw UsageError.of("--rspamd", url, Failures.reason(e));
    }
  }
}
