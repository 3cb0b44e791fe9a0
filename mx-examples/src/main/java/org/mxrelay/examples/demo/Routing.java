package org.mxrelay.examples.demo;

import java.util.List;
import org.mxrelay.MailRouter;
import org.mxrelay.routing.Route;

/** Act: where the mail would go. */
final class Routing implements Act {

  @Override
  public String title() {
    return "Where does mail for example.org go?";
  }

  @Override
  public String expectation() {
    return "Two exchanges share it at preference 10; one at 20 is their backup.";
  }

  @Override
  public void play(TinyInternet net, Narrator narrator) throws InterruptedException {
    try (MailRouter router = net.router()) {
      List<Route> routes = router.route("example.org").routes();
      for (Route r : routes) {
        narrator.tell(
            String.format(
                "%2d  %-18s  %s",
                r.preference(), r.exchange(), r.address().getAddress().getHostAddress()));
      }
      narrator.promise(
          "the better preference comes first, the backup last",
          routes.stream().map(Route::preference).toList().equals(List.of(10, 10, 20)));
    }
  }
}
