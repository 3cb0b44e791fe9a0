package org.mxrelay.smtp.queue.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings into the tables what a process left in its journal when it died. What got there before is
 * left as it is, so that a recovery that dies is begun anew.
 *
 * @param files the journal's
 */
record Recovery(Writer writer, List<Path> files) {

  private static final Logger log = LoggerFactory.getLogger(JdbcQueue.class);

  /** Whether there may be anything. */
  boolean isNeeded() {
    try {
      return Journal.isLeft(files);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * To be called by whoever has the engine's place.
   *
   * @throws QueueException if something could not be read or stored; the journal keeps all of it
   */
  void run() {
    try {
      JournalRecords records = new JournalRecords();
      Journal.read(files, records::read);
      List<Adoption> all = List.copyOf(records.messages());
      for (int from = 0; from < all.size(); from += Fresh.STEP) {
        store(all.subList(from, Math.min(from + Fresh.STEP, all.size())));
      }
      if (!all.isEmpty()) {
        log.info("{}: read {} messages of a process that died", files.get(0), all.size());
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void store(List<Adoption> step) {
    writer.write(
        transaction -> {
          new Adopting(transaction).recover(step);
          return step;
        });
  }

  private QueueException failed(IOException e) {
    return new QueueException(files.get(0) + ": " + e.getMessage(), e);
  }
}
