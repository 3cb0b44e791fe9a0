package org.mxrelay.examples.stories;

import java.io.PrintStream;
import org.mxrelay.MailRouter;
import org.mxrelay.routing.Route;

/** Where does the mail of a domain go? Needs mx-core alone and connects to nobody but the DNS. */
public final class ResolveOnly {

  private ResolveOnly() {}

  /** Takes domains: {@code example.org bücher.example}. */
  public static void main(String[] domains) throws InterruptedException {
    try (MailRouter router = MailRouter.system()) {
      for (String domain : domains) {
        tell(router, domain, System.out);
      }
    }
  }

  static void tell(MailRouter router, String domain, PrintStream out) throws InterruptedException {
    String answer =
        router
            .route(domain)
            .fold(
                attempt -> "try these, in this order:",
                defer -> "ask again later: " + defer.status() + " " + defer.why(),
                fail -> "nowhere: " + fail.status() + " " + fail.why());
    out.println(domain + ": " + answer);

    // The same question again: exchanges of equal preference come in another order each time.
    for (Route route : router.route(domain).routes()) {
      out.println("  " + route.preference() + " " + route.exchange() + " " + route.address());
    }
  }
}
