package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mxrelay.smtp.queue.jdbc.JournaledQueue.addOne;
import static org.mxrelay.smtp.queue.jdbc.JournaledQueue.inTables;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.testkit.QueueMail;

/** Destinations whose mail is in the tables beside others whose mail is in the journal. */
final class JournalNeighbourTest {

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("mail.db");
  }

  /** Too large for the journal. */
  private static void addToTables(JdbcQueue queue, String id) {
    Envelope envelope = Envelope.from("a@shop.example").to("b@slow.example");
    queue.add(List.of(QueueMail.submission(id, NOON, envelope, new byte[300_000])));
  }

  private static Set<String> domains(List<Lease> leases) {
    Set<String> domains = new TreeSet<>();
    leases.forEach(lease -> domains.add(lease.delivery().destination().toString()));
    return domains;
  }

  @Test
  void backlogOfOneDestination_shutsOnlyThatOneOut() throws Exception {
    try (JdbcQueue queue = JournaledQueue.open(file())) {
      addToTables(queue, "large");
      addOne(queue, "behind", NOON, "c@slow.example");
      assertEquals(2, inTables(file()), "it would overtake");
      addOne(queue, "fresh", NOON, "d@quick.example");
      assertEquals(2, inTables(file()));
      assertEquals(3, queue.claim(QueueMail.everything(NOON)).size());
    }
  }

  @Test
  void mailThatPeopleReleased_isNotOvertaken() throws Exception {
    try (JdbcQueue queue = JournaledQueue.open(file())) {
      queue.add(QueueMail.many("held", 3, NOON, "quick.example"));
      assertEquals(3, queue.hold(new Selection.All(), "a look at it", NOON));
      addOne(queue, "before", NOON, "d@quick.example");
      assertEquals(3, inTables(file()), "what is held waits for a person");
      assertEquals(3, queue.release(new Selection.All(), NOON));
      assertEquals(1, queue.claim(QueueMail.room(NOON, 2, 1)).size());
      addOne(queue, "after", NOON, "d@quick.example");
      assertEquals(5, inTables(file()), "it goes behind them, and so does who was here");
    }
  }

  @Test
  void tablesAndJournal_shareTheRoomOfAClaim() throws Exception {
    try (JdbcQueue queue = JournaledQueue.open(file())) {
      for (int i = 0; i < 6; i++) {
        addToTables(queue, "large" + i);
        addOne(queue, "fresh" + i, NOON, "d@quick.example");
      }
      List<Lease> leases = queue.claim(QueueMail.room(NOON, 4, 4));
      assertEquals(4, leases.size());
      assertEquals(Set.of("quick.example", "slow.example"), domains(leases));
    }
  }

  @Test
  void singlePlace_isHadInTurn() throws Exception {
    try (JdbcQueue queue = JournaledQueue.open(file())) {
      for (int i = 0; i < 6; i++) {
        addToTables(queue, "large" + i);
        addOne(queue, "fresh" + i, NOON, "d@quick.example");
      }
      for (int i = 0; i < 3; i++) {
        Set<String> two = new TreeSet<>(domains(queue.claim(QueueMail.room(NOON, 1, 1))));
        two.addAll(domains(queue.claim(QueueMail.room(NOON, 1, 1))));
        assertEquals(Set.of("quick.example", "slow.example"), two);
      }
    }
  }
}
