package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.smtp.queue.LaneState;
import org.mxrelay.smtp.testkit.QueueMail;

class TurnsTest {

  private final Rig rig = new Rig();
  private Lanes lanes = new Lanes(Rig.limits(8, 1), rig.nanos::get);

  @Test
  void exchangesLearnt_whoWaitsStaysBehindInHisOrder() throws Exception {
    List<Work> all = claimed("a@example.org", "b@example.org");
    assertSame(all.get(0), lanes.next());

    lanes.join(all.get(0), List.of(LaneSimulation.route("mx1")));

    assertNull(lanes.next(), "begun beside the one in front");
    assertSame(all.get(1), end(all.get(0)));
    lanes.join(all.get(1), List.of(LaneSimulation.route("mx1")));
    assertNull(end(all.get(1)));
    assertEquals(0, lanes.underWay());
  }

  @Test
  void exchangesChanged_onlyItsOwnGoAlong() throws Exception {
    lanes = new Lanes(Rig.limits(8, 2), rig.nanos::get);
    for (String recipient : List.of("a@example.org", "a@example.net")) {
      Work work = claimed(recipient).get(0);
      assertSame(work, lanes.next());
      lanes.join(work, List.of(LaneSimulation.route("mx1")));
      end(work);
    }
    List<Work> all = claimed("b@example.org", "b@example.net", "c@example.org", "c@example.net");
    assertEquals(all.subList(0, 2), List.of(lanes.next(), lanes.next()));
    assertNull(lanes.next(), "two at a time");

    lanes.join(all.get(0), List.of(LaneSimulation.route("mx2")));

    Set<Work> begun = Set.of(lanes.next(), lanes.next());
    assertEquals(Set.copyOf(all.subList(2, 4)), begun);
    assertEquals("[mx2] 2", lane("example.org"));
    assertEquals("[mx1] 2", lane("example.net"));
  }

  private String lane(String domain) {
    LaneState state = lanes.state(new Domain(domain), rig.clock.instant()).orElseThrow();
    return state.exchanges() + " " + state.sessions();
  }

  private Work end(Work work) {
    Work next = lanes.after(work);
    lanes.leave(work);
    return next;
  }

  /** One delivery a recipient, in the lanes. */
  private List<Work> claimed(String... recipients) {
    for (String recipient : recipients) {
      rig.submit("bob@shop.example", recipient);
    }
    List<Work> all =
        rig.queue.claim(QueueMail.everything(rig.clock.instant())).stream()
            .map(lease -> new Work(lease, rig.nanos::get, QueueMail.LEASE.toNanos()))
            .sorted((a, b) -> Long.compare(a.delivery().id(), b.delivery().id()))
            .toList();
    all.forEach(lanes::offer);
    return all;
  }
}
