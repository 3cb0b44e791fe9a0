package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.backup.BackupRig.LONG;
import static org.mxrelay.smtp.backup.BackupRig.SENDER;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.testkit.Step;

/** Recipients are asked about by probes, one at a time each, and not too many in all. */
class ProbesTest {

  private static final int MOST = 20;

  private final BackupRig rig = new BackupRig();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    answer.countDown();
    rig.close();
  }

  /** Starts before a primary that thinks about each recipient until it is told to answer. */
  private void start() throws InterruptedException {
    rig.primary.on(
        Step.RCPT,
        turn -> {
          asked.add(turn.address());
          answer.await(LONG.toSeconds(), TimeUnit.SECONDS);
          turn.normal();
        });
    rig.options.cutThrough(CutThrough.OFF);
    rig.startWith(PrimaryState.UP);
  }

  private Thread client(String recipient) {
    Thread client = new Thread(() -> replies.add(rcpt(recipient)));
    client.start();
    return client;
  }

  private Reply rcpt(String recipient) {
    try (InboundSession session = rig.open()) {
      assertTrue(session.mail(BackupRig.from(SENDER)).isPositive());
      return session.rcpt(Recipient.of(recipient));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitProbe() throws InterruptedException {
    assertTrue(asked.poll(LONG.toSeconds(), TimeUnit.SECONDS) != null, "no probe came");
  }

  /** Waits until a thread waits for another one's answer, as none does who has a probe himself. */
  private static void awaitWaiting(Thread client) {
    long end = System.nanoTime() + LONG.toNanos();
    while (client.getState() != Thread.State.WAITING) {
      assertTrue(System.nanoTime() < end, "it does not wait: " + client.getState());
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void clientsWhoNameTheSameStranger_areServedByOneProbe() throws InterruptedException {
    start();
    client("ann@example.org");
    awaitProbe();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      others.add(client("ann@example.org"));
    }
    others.forEach(ProbesTest::awaitWaiting);

    answer.countDown();

    for (int i = 0; i < 5; i++) {
      assertEquals(Answers.RECIPIENT_OK, replies.poll(LONG.toSeconds(), TimeUnit.SECONDS));
    }
    assertEquals(List.of(), List.copyOf(asked));
  }

  @Test
  void moreStrangersThanProbes_areToldToComeBack() throws InterruptedException {
    start();
    for (int i = 0; i < MOST; i++) {
      client("stranger" + i + "@example.org");
    }
    for (int i = 0; i < MOST; i++) {
      awaitProbe();
    }

    assertEquals(Answers.UNKNOWN_NOW, rcpt("onemore@example.org"));

    answer.countDown();
    for (int i = 0; i < MOST; i++) {
      assertEquals(Answers.RECIPIENT_OK, replies.poll(LONG.toSeconds(), TimeUnit.SECONDS));
    }
    assertEquals(Answers.RECIPIENT_OK, rcpt("onemore@example.org"));
  }
}
