package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mxrelay.MailRouter;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.tls.TlsPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where mail would go. */
@Command(
    name = "route",
    description =
        "Says where the mail of each domain goes, or why nowhere. Connects to no exchange.")
final class RouteCommand implements Callable<Integer> {

  @Mixin private RoutingOptions routing = new RoutingOptions();
  @Mixin private TlsOptions tls = new TlsOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Asks N times in one process, which shows the spreading of equal preferences.")
  private int repeat = 1;

  @Option(names = "--explain", description = "Adds what befell each exchange and address.")
  private boolean explain;

  @Parameters(arity = "1..*", paramLabel = "DOMAIN", description = "A domain or address literal.")
  private List<String> domains = new ArrayList<>();

  private final Streams streams;

  RouteCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    // A leading hyphen may belong to a name that is no domain, which is an answer; two do not.
    for (String domain : domains) {
      if (domain.startsWith("--")) {
        throw new UsageError("Unknown option: '" + domain + "'");
      }
    }
    Numbers.inRange("--repeat", repeat, 1_000_000);
    Output out = output.to(streams.out());
    try (MailRouter router = routing.router(tls)) {
      for (int i = 0; i < repeat; i++) {
        for (String domain : domains) {
          out.print(report(domain, router.plan(domain)), RouteText::of);
        }
      }
    }
    return ExitCodes.OK;
  }

  private JsonObject report(String domain, TlsPlan plan) {
    RouteDecision decision = plan.decision();
    JsonObject line = new RouteReport(domain, route -> tls.word(plan, route)).of(decision);
    if (explain) {
      line.addProperty("valid_until", decision.trail().validUntil().toString());
      line.add("notes", RouteReport.notes(decision));
    }
    return line;
  }
}
