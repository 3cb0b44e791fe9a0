package org.mxrelay.smtp.queue.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.smtp.queue.SubmissionId;

/**
 * The bytes of small messages that were claimed, and so are about to be sent: read with the claim,
 * at a fraction of what a read of their own costs. Safe for use by several threads.
 */
final class AtHand {

  /** The largest that is kept, in octets. */
  static final int LARGEST = 16 * 1024;

  /** More than an engine works on at a time; 16 MiB at most. */
  private static final int MOST = 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<SubmissionId, byte[]> bodies =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SubmissionId, byte[]> eldest) {
          return size() > MOST;
        }
      };

  void put(SubmissionId submission, byte[] body) {
    lock.lock();
    try {
      bodies.put(submission, body);
    } finally {
      lock.unlock();
    }
  }

  Optional<byte[]> get(SubmissionId submission) {
    lock.lock();
    try {
      return Optional.ofNullable(bodies.get(submission));
    } finally {
      lock.unlock();
    }
  }

  void forget(SubmissionId submission) {
    lock.lock();
    try {
      bodies.remove(submission);
    } finally {
      lock.unlock();
    }
  }
}
