package org.mxrelay.examples.cli;

import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mxrelay.MailRouter;
import org.mxrelay.dns.Dnssec;
import org.mxrelay.routing.Route;
import org.mxrelay.tls.PolicyStore;
import org.mxrelay.tls.StsOptions;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;
import org.mxrelay.tls.TlsPlan;
import picocli.CommandLine.Option;

/** What TLS every session must have at least, and what the destinations may add. */
final class TlsOptions {

  enum Floor {
    OPPORTUNISTIC,
    REQUIRED,
    NONE
  }

  enum Authenticity {
    LOCAL,
    ALL,
    VALIDATE,
    OFF;

    Dnssec how() {
      return switch (this) {
        case LOCAL -> Dnssec.trustLocal();
        case ALL -> Dnssec.trustAll();
        case VALIDATE -> Dnssec.validate();
        case OFF -> Dnssec.off();
      };
    }
  }

  @Option(
      names = "--tls",
      paramLabel = "opportunistic|required|none",
      description = "The least that a session must have. Default: opportunistic.")
  private Floor floor = Floor.OPPORTUNISTIC;

  @Option(
      names = "--trust",
      paramLabel = "FILE.pem",
      description = "Certificate authorities to trust beside the JDK's.")
  private @Nullable Path trust;

  @Option(names = "--no-mta-sts", description = "Take no notice of MTA-STS policies.")
  private boolean noMtaSts;

  @Option(
      names = "--mta-sts-cache",
      paramLabel = "DIR",
      description = "A folder that keeps MTA-STS policies between runs. Default: none.")
  private @Nullable Path stsCache;

  @Option(
      names = "--mta-sts-port",
      hidden = true,
      paramLabel = "N",
      description = "The port of the policies' hosts, for tests. Default: ${DEFAULT-VALUE}.")
  private int stsPort = 443;

  @Option(names = "--no-dane", description = "Take no notice of TLSA records.")
  private boolean noDane;

  @Option(
      names = "--dnssec",
      paramLabel = "local|all|validate|off",
      description = {
        "Whose word that an answer is authentic counts: of resolvers on this host, of all,",
        "of none but ourselves, or nobody's. Default: local."
      })
  private @Nullable Authenticity dnssec;

  /** Tells a router what to make of the destinations' own policies, and whose word counts. */
  void applyTo(MailRouter.Builder router) {
    applyPoliciesTo(router);
    dnssec().ifPresent(router::dnssec);
  }

  /** The same for a router whose resolver was told whose word counts. */
  void applyPoliciesTo(MailRouter.Builder router) {
    mtaSts().ifPresentOrElse(router::mtaSts, router::noMtaSts);
    if (noDane) {
      router.noDane();
    }
  }

  /** Whose word that an answer is authentic counts; nothing if nobody said so. */
  Optional<Dnssec> dnssec() {
    return Optional.ofNullable(dnssec).map(Authenticity::how);
  }

  /** How MTA-STS policies are fetched and kept; nothing if they are to be left alone. */
  Optional<StsOptions> mtaSts() {
    StsOptions options =
        StsOptions.standard().withPort(Numbers.inRange("--mta-sts-port", stsPort, 65535));
    if (stsCache != null) {
      options = options.withStore(PolicyStore.files(stsCache));
    }
    if (trust != null) {
      options = options.withTrust(TrustFile.context(trust));
    }
    return noMtaSts ? Optional.empty() : Optional.of(options);
  }

  /** Whether TLSA records are taken notice of. */
  boolean isDaneHeeded() {
    return !noDane;
  }

  TlsDemand demand() {
    return switch (floor) {
      case OPPORTUNISTIC -> TlsDemand.OPPORTUNISTIC;
      case REQUIRED -> TlsDemand.byOption(Level.VERIFIED);
      case NONE -> TlsDemand.byOption(Level.NONE);
    };
  }

  /** The word in records of what a session by that route must have. */
  String word(TlsPlan plan, Route route) {
    TlsDemand demand = plan.demand(route, demand());
    return demand.equals(demand()) ? Words.of(floor) : demand.reason();
  }

  Optional<SSLContext> trust() {
    return Optional.ofNullable(trust).map(TrustFile::context);
  }
}
