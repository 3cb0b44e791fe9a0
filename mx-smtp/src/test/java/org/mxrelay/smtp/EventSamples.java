package org.mxrelay.smtp;

import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mxrelay.address.Domain;
import org.mxrelay.address.Mailbox;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.tls.TlsOutcome;

/** One of each thing that a listener can hear. */
final class EventSamples {

  /** Events that the log leaves to others: what became of TLS. */
  static final int UNLOGGED = 1;

  private static final Mailbox ANN = Mailbox.parse("ann@example.org");
  private static final SubmissionId ID = new SubmissionId("m1");
  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
  private static final Route ROUTE = new Route("mx.example.org", 10, ADDRESS, Route.Origin.MX);

  private EventSamples() {}

  private static Delivery delivery() {
    Submission submission = QueueMail.submission("m1", NOON, "ann@example.org");
    return Delivery.first(
        7, submission, List.of(OpenRecipient.of(submission.envelope().recipients().get(0))));
  }

  static List<Consumer<RelayListener>> all() {
    RouteDecision decision = new RouteDecision.Attempt(List.of(ROUTE), new Trail(NOON, List.of()));
    return List.of(
        l ->
            l.queued(
                new RelayEvent.Queued(
                    ID,
                    QueueMail.submission("m1", NOON, "ann@example.org").envelope().reversePath(),
                    1,
                    NOON)),
        l -> l.claimed(new RelayEvent.Claimed(delivery(), 1, NOON)),
        l -> l.routed(new RelayEvent.Routed(delivery(), decision, NOON)),
        l ->
            l.attempted(
                new RelayEvent.Attempted(
                    delivery(),
                    1,
                    ROUTE,
                    SessionFacts.none(ADDRESS),
                    Map.of(ANN, QueueMail.OK),
                    NOON)),
        l ->
            l.tls(
                new RelayEvent.Tls(
                    ID,
                    new TlsOutcome(
                        TlsOutcome.PolicyType.NO_POLICY_FOUND,
                        new Domain("example.org"),
                        "mx.example.org",
                        Optional.of(ADDRESS),
                        Optional.empty(),
                        "",
                        NOON),
                    NOON)),
        l ->
            l.deferred(
                new RelayEvent.Deferred(ID, ANN, 1, QueueMail.OK, NOON.plusSeconds(60), NOON)),
        l -> l.uncertain(new RelayEvent.Uncertain(ID, ANN, 1, QueueMail.OK, NOON)),
        l -> l.delayed(new RelayEvent.Delayed(ID, ANN, NOON)),
        l -> l.held(new RelayEvent.Held(ID, Optional.of(ANN), "by hand", NOON)),
        l -> l.leaseLost(new RelayEvent.LeaseLost(ID, "the lease ran out", NOON)),
        l -> l.givenBack(new RelayEvent.GivenBack(delivery(), NOON)),
        l -> l.postponed(new Postponement(QueueMail.to("example.org"), NOON.plusSeconds(60), NOON)),
        l -> l.postponed(new Postponement(QueueMail.to("example.org"), NOON, NOON)),
        l -> l.ended(new Outcome(ID, ANN, Outcome.End.RELAYED, QueueMail.OK, 1, NOON)));
  }
}
