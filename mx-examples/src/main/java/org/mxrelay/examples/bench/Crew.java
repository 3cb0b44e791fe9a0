package org.mxrelay.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** As many senders as there are connections, each on a thread, until all messages are out. */
final class Crew {

  private Crew() {}

  static void send(int connections, int messages, Callable<? extends Sender> senders)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      AtomicInteger next = new AtomicInteger();
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        all.add(threads.submit(() -> work(next, messages, senders)));
      }
      for (Future<Void> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void work(AtomicInteger next, int messages, Callable<? extends Sender> senders)
      throws Exception {
    try (Sender sender = senders.call()) {
      while (next.getAndIncrement() < messages) {
        sender.send();
      }
    }
    return null;
  }
}
