package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mxrelay.audit.AuditReport;
import org.mxrelay.audit.Finding;
import org.mxrelay.audit.MxAudit;
import org.mxrelay.dns.DnsClient;
import org.mxrelay.examples.audit.AuditPage;
import org.mxrelay.smtp.client.SmtpExchangeProbe;
import org.mxrelay.smtp.client.SmtpTransport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is wrong with domains' MX sets. */
@Command(
    name = "audit",
    description =
        "Says what is wrong with the mail exchangers of each domain, why, and what to do."
            + " Connects to no exchange unless told to.")
final class AuditCommand implements Callable<Integer> {

  /** Of the patience of RFC 5321: 30 s for a greeting, 3 s for a connection. */
  private static final double PATIENCE = 0.1;

  @Mixin private DeliveryOptions delivery = new DeliveryOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--html", paramLabel = "FILE", description = "Writes a report to show as well.")
  private @Nullable Path html;

  @Option(
      names = "--probe",
      description = "Speaks to each exchange: greeting, EHLO, STARTTLS, certificate. Never mail.")
  private boolean probe;

  @Option(
      names = "--probe-recipients",
      description =
          "Asks each exchange for a recipient that cannot exist, to see whether a backup is laxer"
              + " than the primary (RCPT only; implies --probe). Intrusive: for your own domains.")
  private boolean probeRecipients;

  @Option(
      names = "--zone-port",
      hidden = true,
      paramLabel = "N",
      description = "The port of the zones' own DNS servers, for tests. Default: ${DEFAULT-VALUE}.")
  private int zonePort = 53;

  @Parameters(arity = "1..*", paramLabel = "DOMAIN", description = "A domain.")
  private List<String> domains = new ArrayList<>();

  private final Streams streams;

  AuditCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    Output out = output.to(streams.out());
    List<AuditReport> reports = new ArrayList<>();
    try (DnsClient client = delivery.routing().dnsClient(delivery.tls());
        SmtpTransport transport = delivery.transport(PATIENCE);
        MxAudit audit = audit(client, transport)) {
      for (String domain : domains) {
        AuditReport report = audit.audit(domain);
        reports.add(report);
        print(out, report);
      }
    }
    if (html != null) {
      write(html, reports);
    }
    return ExitCodes.OK;
  }

  private MxAudit audit(DnsClient client, SmtpTransport transport) {
    MxAudit.Builder builder =
        MxAudit.builder(client)
            .addressPolicy(delivery.routing().addressPolicy())
            .port(delivery.routing().port())
            .zonePort(Numbers.inRange("--zone-port", zonePort, 65535));
    delivery.tls().mtaSts().ifPresentOrElse(builder::mtaSts, builder::noMtaSts);
    if (!delivery.tls().isDaneHeeded()) {
      builder.noDane();
    }
    if (probe || probeRecipients) {
      builder.probe(SmtpExchangeProbe.over(transport));
    }
    if (probeRecipients) {
      builder.probeStrangers(RandomGenerator.getDefault());
    }
    return builder.build();
  }

  private static void print(Output out, AuditReport report) {
    if (out.isJson()) {
      report.findings().forEach(f -> out.print(record(report, f), line -> ""));
    } else {
      out.print(new JsonObject(), line -> AuditText.of(report));
    }
  }

  private static JsonObject record(AuditReport report, Finding finding) {
    return new JsonLine()
        .put("domain", report.domain())
        .put("severity", Words.of(finding.severity()))
        .put("rule", finding.rule())
        .put("subject", finding.subject())
        .put("message", finding.message())
        .put("advice", finding.advice())
        .done();
  }

  private static void write(Path file, List<AuditReport> reports) {
    try {
      Files.writeString(file, new AuditPage(reports).html());
    } catch (IOException e) {
      throw new UncheckedIOException("--html '" + file + "' cannot be written", e);
    }
  }
}
