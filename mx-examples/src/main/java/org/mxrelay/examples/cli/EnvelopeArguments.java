package org.mxrelay.examples.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.HeaderForm;
import org.mxrelay.smtp.message.EnvelopeOptions.Ret;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;
import picocli.CommandLine.Option;

/** From whom, to whom, and what MAIL and RCPT ask for beside. */
final class EnvelopeArguments {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "A",
      description = "The reverse-path; <> for the null reverse-path.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "A",
      description = "A recipient; repeatable.")
  private List<String> to = new ArrayList<>();

  @Option(
      names = "--notify",
      paramLabel = "WHEN",
      split = ",",
      description = "never, or any of success,failure,delay (RFC 3461).")
  private List<Notify> notify = new ArrayList<>();

  @Option(
      names = "--ret",
      paramLabel = "full|hdrs",
      description = "How much of the message a failure report returns (RFC 3461).")
  private @Nullable Ret ret;

  @Option(
      names = "--envid",
      paramLabel = "TEXT",
      description = "The envelope identifier (RFC 3461).")
  private @Nullable String envid;

  @Option(names = "--require-tls", description = "Better a bounce than plaintext (RFC 8689).")
  private boolean requireTls;

  @Option(
      names = "--mt-priority",
      paramLabel = "-9..9",
      description = {
        "The priority, -9 to 9: above 0 it goes before others here; told to exchanges that know",
        "priorities (RFC 6710)."
      })
  private @Nullable Integer priority;

  @Option(
      names = "--smtputf8",
      description = "The message has internationalised headers (RFC 6531).")
  private boolean smtpUtf8;

  Envelope envelope() {
    Set<Notify> on = notify.isEmpty() ? Set.of() : EnumSet.copyOf(notify);
    if (on.contains(Notify.NEVER) && on.size() > 1) {
      throw UsageError.of("--notify", String.valueOf(notify), "never stands alone");
    }
    List<Recipient> recipients = to.stream().map(a -> recipient(a).notifying(on)).toList();
    return Envelope.from(reversePath()).to(recipients).with(options());
  }

  private ReversePath reversePath() {
    try {
      return ReversePath.parse(from);
    } catch (InvalidAddressException e) {
      throw UsageError.of("--from", from, e.why());
    }
  }

  private static Recipient recipient(String address) {
    try {
      return Recipient.of(address);
    } catch (InvalidAddressException e) {
      throw UsageError.of("--to", address, e.why());
    }
  }

  private EnvelopeOptions options() {
    EnvelopeOptions options = EnvelopeOptions.NONE;
    if (ret != null) {
      options = options.withRet(ret);
    }
    if (envid != null) {
      options = withEnvid(options, envid);
    }
    if (priority != null) {
      options = withPriority(options, priority);
    }
    if (requireTls) {
      options = options.withTls(SenderTls.REQUIRED);
    }
    return smtpUtf8 ? options.withUtf8(HeaderForm.UTF8) : options;
  }

  private static EnvelopeOptions withPriority(EnvelopeOptions options, int priority) {
    try {
      return options.withPriority(priority);
    } catch (IllegalArgumentException e) {
      throw UsageError.of("--mt-priority", String.valueOf(priority), "must be -9 to 9");
    }
  }

  private static EnvelopeOptions withEnvid(EnvelopeOptions options, String envid) {
    try {
      return options.withEnvid(envid);
    } catch (IllegalArgumentException e) {
      throw UsageError.of("--envid", envid, Failures.reason(e));
    }
  }
}
