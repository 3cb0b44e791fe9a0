package org.mxrelay.smtp.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The messages that a server took. */
final class Inbox {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<ReceivedMessage> messages = new ArrayList<>();

  void add(ReceivedMessage message) {
    lock.lock();
    try {
      messages.add(message);
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<ReceivedMessage> messages() {
    lock.lock();
    try {
      return List.copyOf(messages);
    } finally {
      lock.unlock();
    }
  }

  List<ReceivedMessage> await(int atLeast, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (messages.size() < atLeast) {
        if (left <= 0) {
          throw new AssertionError(
              messages.size() + " of " + atLeast + " messages came within " + atMost);
        }
        left = more.awaitNanos(left);
      }
      return List.copyOf(messages);
    } finally {
      lock.unlock();
    }
  }
}
