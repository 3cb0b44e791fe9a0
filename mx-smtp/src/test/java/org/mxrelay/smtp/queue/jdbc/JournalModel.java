package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionStatus;
import org.mxrelay.smtp.testkit.QueueMail;

/** What a queue has acknowledged. */
final class JournalModel {

  static final String OPEN = "open";

  private final Map<String, Map<String, String>> states = new TreeMap<>();
  private final Map<String, byte[]> bodies = new HashMap<>();

  JournalModel copy() {
    JournalModel copy = new JournalModel();
    states.forEach((id, all) -> copy.states.put(id, new TreeMap<>(all)));
    copy.bodies.putAll(bodies);
    return copy;
  }

  int size() {
    return states.size();
  }

  void added(Submission one) {
    Map<String, String> all = new TreeMap<>();
    one.envelope().recipients().forEach(r -> all.put(r.mailbox().toString(), OPEN));
    states.put(one.id().value(), all);
    bodies.put(one.id().value(), QueueMail.bytes(one.message()));
  }

  void stored(Settlement settlement) {
    for (Outcome outcome : settlement.ended()) {
      String before =
          states
              .get(outcome.submission().value())
              .put(outcome.recipient().toString(), outcome.outcome().name());
      assertEquals(OPEN, before, "ended twice: " + outcome);
    }
    settlement.spawned().forEach(this::added);
  }

  /**
   * Compares.
   *
   * @param later what may have been stored besides
   */
  void check(JdbcQueue queue, JournalModel later, String which) {
    Set<String> pending = new HashSet<>();
    for (QueueEntry entry : queue.list(new Selection.All(), 0, 100_000)) {
      String id = entry.delivery().submission().value();
      assertTrue(later.states.containsKey(id), which + ": nobody added " + id);
      for (String mailbox : QueueMail.open(entry.delivery())) {
        assertTrue(pending.add(id + " " + mailbox), which + ": twice " + id);
      }
    }
    for (String id : later.states.keySet()) {
      Optional<SubmissionStatus> status = queue.status(new SubmissionId(id));
      if (status.isPresent()) {
        check(queue, status.get(), later, which);
      } else {
        assertTrue(!states.containsKey(id), which + ": lost " + id);
      }
    }
  }

  private void check(JdbcQueue queue, SubmissionStatus status, JournalModel later, String which) {
    String id = status.id().value();
    Map<String, List<String>> found = new TreeMap<>();
    for (Outcome outcome : status.ended()) {
      found
          .computeIfAbsent(outcome.recipient().toString(), r -> new ArrayList<>())
          .add(outcome.outcome().name());
    }
    for (QueueEntry entry : status.pending()) {
      for (String mailbox : QueueMail.open(entry.delivery())) {
        found.computeIfAbsent(mailbox, r -> new ArrayList<>()).add(OPEN);
      }
    }
    Map<String, String> after = later.states.get(id);
    Map<String, String> before = states.getOrDefault(id, after);
    assertEquals(after.keySet(), found.keySet(), which + ": " + id);
    found.forEach(
        (mailbox, all) ->
            assertTrue(
                all.equals(List.of(before.get(mailbox))) || all.equals(List.of(after.get(mailbox))),
                () -> which + ": " + id + " to " + mailbox + " is " + all + ", was " + before));
    if (!status.isEnded()) {
      byte[] bytes = QueueMail.bytes(queue.message(status.id()));
      assertArrayEquals(later.bodies.get(id), bytes, which + ": body of " + id);
    }
  }
}
