package org.mxrelay.smtp.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.Transaction;

/** So many sessions at a time, again and again for so many milliseconds; tells the heap in use. */
final class EndlessReplies {

  private EndlessReplies() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    Transaction transaction =
        Transactions.to(new Route("mx", 10, address, Route.Origin.STATIC), "b@y.example").plain();
    int sessions = Integer.parseInt(args[1]);
    Duration time = Duration.ofMillis(Long.parseLong(args[2]));
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(sessions);
    List<Future<Integer>> all = new ArrayList<>();
    try (SmtpTransport transport = SmtpTransport.builder().build()) {
      for (int i = 0; i < sessions; i++) {
        all.add(threads.submit(() -> work(transport, transaction, over)));
      }
      long early = heapAfter(time.dividedBy(4));
      long late = heapAfter(time.dividedBy(4).multipliedBy(3));
      over.set(true);
      long attempts = 0;
      for (Future<Integer> one : all) {
        attempts += one.get();
      }
      System.out.println(attempts + " " + early + " " + late);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int work(SmtpTransport transport, Transaction transaction, AtomicBoolean over)
      throws InterruptedException {
    int attempts = 0;
    while (!over.get()) {
      RecipientResult result = transport.attempt(transaction).results().values().iterator().next();
      if (!(result instanceof Broken)) {
        throw new AssertionError(result.toString());
      }
      attempts++;
    }
    return attempts;
  }

  /** What is in use after that time, when what is not needed is collected. */
  private static long heapAfter(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
