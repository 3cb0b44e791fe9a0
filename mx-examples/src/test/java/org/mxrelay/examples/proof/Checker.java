package org.mxrelay.examples.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxrelay.examples.proof.Books.Took;

/**
 * Compares what was accepted with what arrived. Confined to one check.
 *
 * <p>Every fault is a line that begins with {@code lost}, {@code corrupt}, {@code phantom}, {@code
 * wrong} (an outcome that cannot be) or {@code again} (a duplicate that G4 or G5 does not allow).
 */
final class Checker {

  private final Books books;
  private final Map<String, Life> lives = new HashMap<>();
  private final int mostPerMishap;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Integer> again = new HashMap<>();

  /**
   * @param mostPerMishap duplicates that the loss of one process may cause: its sessions, and one
   *     batch of outcomes (G5)
   */
  Checker(Books books, List<Life> lives, int mostPerMishap) {
    this.books = books;
    this.mostPerMishap = mostPerMishap;
    lives.forEach(life -> this.lives.put(life.name(), life));
  }

  /**
   * @param again duplicates that G5 allows, by the life that caused them
   */
  record Verdict(List<String> faults, int accepted, int taken, Map<String, Integer> again) {

    int duplicates() {
      return again.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  Verdict check() {
    books.offered().keySet().forEach(this::checkLetter);
    books.taken().forEach(this::checkTaken);
    books.reports().forEach(this::checkReports);
    again.forEach(
        (life, count) -> {
          if (count > lives.get(life).mishaps() * mostPerMishap) {
            faults.add("again: " + count + " times because of " + life);
          }
        });
    int taken = books.taken().values().stream().mapToInt(List::size).sum();
    return new Verdict(faults, books.accepted().size(), taken, again);
  }

  private void checkLetter(String letter) {
    List<String> keys = keys(letter);
    long ended = keys.stream().filter(books.outcomes()::containsKey).count();
    if (books.refused().contains(letter)) {
      if (ended > 0) {
        faults.add("phantom: " + letter + " was refused, and is in the store");
      }
    } else if (books.accepted().contains(letter) || ended > 0) {
      // A process killed in the midst of a submission leaves all of it or nothing.
      keys.forEach(key -> checkEnd(letter, key));
    }
  }

  private List<String> keys(String letter) {
    return books.offered().get(letter).recipients().stream()
        .map(recipient -> Books.key(letter, recipient))
        .toList();
  }

  private void checkEnd(String letter, String key) {
    List<String> ends = books.outcomes().getOrDefault(key, List.of());
    boolean refused = isRefused(key);
    if (ends.isEmpty()) {
      faults.add("lost: " + key + " has no outcome");
    } else if (!ends.equals(List.of(refused ? "bounced" : "relayed"))) {
      faults.add("wrong: " + key + " ended " + ends);
    } else if (!refused && !books.taken().containsKey(key)) {
      faults.add("lost: " + key + " was relayed to nobody");
    } else if (refused && !books.reports().containsKey(letter)) {
      faults.add("lost: nobody was told that " + key + " bounced");
    }
  }

  private static boolean isRefused(String key) {
    return Fate.of(key.substring(key.indexOf(' ') + 1)) == Fate.REFUSED;
  }

  private void checkTaken(String key, List<Took> copies) {
    String letter = key.substring(0, key.indexOf(' '));
    if (!books.offered().containsKey(letter) || !keys(letter).contains(key) || isRefused(key)) {
      faults.add("phantom: " + key + " was never sent");
    } else if (books.refused().contains(letter)) {
      faults.add("phantom: " + key + " was refused, and sent");
    } else {
      String digest = books.offered().get(letter).digest();
      copies.stream()
          .filter(copy -> !copy.digest().equals(digest))
          .forEach(copy -> faults.add("corrupt: " + key + " by " + copy.life()));
      checkCopies(key, copies);
    }
  }

  private void checkCopies(String key, List<Took> copies) {
    List<Took> inTurn = copies.stream().sorted(Comparator.comparingLong(Took::nanos)).toList();
    for (int i = 1; i < inTurn.size(); i++) {
      Took first = inTurn.get(i - 1);
      Took next = inTurn.get(i);
      Life sender = lives.get(next.life());
      boolean inFlight = sender.stopped() || sender.isDeadAt(next.nanos());
      if (!inFlight && books.settled().getOrDefault(key, Long.MAX_VALUE) < next.nanos()) {
        faults.add("again: " + key + " by " + next.life() + ", though it was settled (G4)");
      } else if (first.replied()) {
        blame(key, first, next);
      }
    }
  }

  /** One of the two was lost with its process, its lease or its store. */
  private void blame(String key, Took first, Took next) {
    Optional<String> unlucky =
        Stream.of(first.life(), next.life()).filter(l -> lives.get(l).mishaps() > 0).findFirst();
    unlucky.ifPresentOrElse(
        life -> again.merge(life, 1, Integer::sum),
        () -> faults.add("again: " + key + " by " + next.life() + ", though nothing was lost"));
  }

  private void checkReports(String letter, List<Took> reports) {
    if (!books.offered().containsKey(letter)
        || keys(letter).stream().noneMatch(Checker::isRefused)) {
      faults.add("phantom: a report of " + letter);
      return;
    }
    Map<String, List<Took>> same = new HashMap<>();
    reports.forEach(report -> Books.append(same, report.digest(), report));
    same.values().forEach(copies -> checkCopies("report of " + letter, copies));
    long bounced = keys(letter).stream().filter(Checker::isRefused).count();
    if (same.size() > bounced) {
      faults.add("again: " + same.size() + " reports of " + letter + " for " + bounced);
    }
  }
}
