package org.mxrelay.audit;

import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.mxrelay.address.Domain;
import org.mxrelay.address.Mailbox;

/** Makes up mailboxes that nobody has. Thread-safe. */
final class StrangerSource {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 16;

  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final RandomGenerator random;

  StrangerSource(RandomGenerator random) {
    this.random = random;
  }

  Mailbox at(Domain domain) {
    StringBuilder name = new StringBuilder("mx-audit-");
    oneAtATime.lock();
    try {
      for (int i = 0; i < LENGTH; i++) {
        name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
    } finally {
      oneAtATime.unlock();
    }
    return new Mailbox(name.toString(), domain);
  }
}
