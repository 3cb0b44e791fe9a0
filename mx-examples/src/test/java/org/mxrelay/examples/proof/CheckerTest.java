package org.mxrelay.examples.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mxrelay.examples.proof.Books.Offer;
import org.mxrelay.examples.proof.Books.Took;

/** That the checker finds what is planted, and nothing where nothing is. */
class CheckerTest {

  private static final String ANN = "taken.m1.0@d1.proof.test";
  private static final String BOB = "refused.m1.1@d1.proof.test";
  private static final String CAT = "dropped.m2.0@d2.proof.test";
  private static final int MOST = 2;

  private final Books books = balanced();

  /** Two letters; one recipient bounced, and one letter came twice, since the sink dropped it. */
  private static Books balanced() {
    Books books = Books.empty();
    books.offered().put("m1", new Offer("d1", List.of(ANN, BOB)));
    books.offered().put("m2", new Offer("d2", List.of(CAT)));
    books.accepted().addAll(List.of("m1", "m2"));
    take(books, "m1", ANN, new Took(10, "d1", "killed", true));
    take(books, "m2", CAT, new Took(20, "d2", "last", false));
    take(books, "m2", CAT, new Took(30, "d2", "last", true));
    Books.append(books.reports(), "m1", new Took(40, "r1", "last", true));
    end(books, "m1", ANN, "relayed");
    end(books, "m1", BOB, "bounced");
    end(books, "m2", CAT, "relayed");
    return books;
  }

  private static void take(Books books, String letter, String recipient, Took took) {
    Books.append(books.taken(), Books.key(letter, recipient), took);
  }

  private static void end(Books books, String letter, String recipient, String how) {
    Books.append(books.outcomes(), Books.key(letter, recipient), how);
  }

  private List<String> faults() {
    List<Life> lives =
        List.of(new Life("killed", 0, 15, 1, false), new Life("last", 16, 100, 0, false));
    return new Checker(books, lives, MOST)
        .check().faults().stream().map(f -> f.substring(0, f.indexOf(':'))).toList();
  }

  @Test
  void balancedBooks_haveNoFault() {
    assertEquals(List.of(), faults());
  }

  @Test
  void acceptedLetterThatNeverCame_isLost() {
    books.taken().remove(Books.key("m1", ANN));
    assertEquals(List.of("lost"), faults());
  }

  @Test
  void acceptedLetterWithoutAnOutcome_isLost() {
    books.outcomes().remove(Books.key("m2", CAT));
    assertEquals(List.of("lost"), faults());
  }

  @Test
  void bounceThatNobodyWasToldOf_isLost() {
    books.reports().clear();
    assertEquals(List.of("lost"), faults());
  }

  @Test
  void twoOutcomes_areWrong() {
    end(books, "m1", ANN, "relayed");
    assertEquals(List.of("wrong"), faults());
  }

  @Test
  void bounceOfOneWhoWasNeverRefused_isWrong() {
    books.outcomes().put(Books.key("m1", ANN), List.of("bounced"));
    assertEquals(List.of("wrong"), faults());
  }

  @Test
  void halfOfASubmission_isLost() {
    books.accepted().remove("m1");
    books.outcomes().remove(Books.key("m1", BOB));
    assertEquals(List.of("lost"), faults());
  }

  @Test
  void changedLetter_isCorrupt() {
    books.taken().put(Books.key("m1", ANN), List.of(new Took(10, "other", "killed", true)));
    assertEquals(List.of("corrupt"), faults());
  }

  @Test
  void letterThatNobodyOffered_isAPhantom() {
    take(books, "m3", ANN, new Took(50, "d3", "last", true));
    assertEquals(List.of("phantom"), faults());
  }

  @Test
  void letterToSomebodyElse_isAPhantom() {
    take(books, "m1", "taken.m1.7@d1.proof.test", new Took(50, "d1", "last", true));
    assertEquals(List.of("phantom"), faults());
  }

  @Test
  void refusedLetterThatCame_isAPhantom() {
    books.accepted().remove("m2");
    books.refused().add("m2");
    assertEquals(List.of("phantom", "phantom"), faults(), "in the store, and at the sink");
  }

  @Test
  void reportOfALetterThatDidNotBounce_isAPhantom() {
    Books.append(books.reports(), "m2", new Took(50, "r2", "last", true));
    assertEquals(List.of("phantom"), faults());
  }

  @Test
  void duplicatesOfALostProcess_areAllowedUpToTheBound() {
    for (int i = 0; i < MOST; i++) {
      plantDuplicate("p" + i);
    }
    assertEquals(List.of(), faults());
    plantDuplicate("one too many");
    assertEquals(List.of("again"), faults());
  }

  private void plantDuplicate(String letter) {
    String recipient = "taken." + letter.replace(' ', '-') + ".0@d1.proof.test";
    String id = letter.replace(' ', '-');
    books.offered().put(id, new Offer("d", List.of(recipient)));
    books.accepted().add(id);
    end(books, id, recipient, "relayed");
    take(books, id, recipient, new Took(10, "d", "killed", true));
    take(books, id, recipient, new Took(50, "d", "last", true));
  }

  @Test
  void duplicateWhereNothingWasLost_isTooMany() {
    take(books, "m2", CAT, new Took(50, "d2", "last", true));
    assertEquals(List.of("again"), faults());
  }

  @Test
  void duplicateOfWhatWasSettled_isTooMany() {
    take(books, "m1", ANN, new Took(50, "d1", "last", true));
    assertEquals(List.of(), faults());
    books.settled().put(Books.key("m1", ANN), 12L);
    assertEquals(List.of("again"), faults());
  }

  @Test
  void copyOnItsWayWhenItsProcessDied_mayComeAfterItWasSettledByAnother() {
    take(books, "m1", ANN, new Took(50, "d1", "killed", true));
    books.settled().put(Books.key("m1", ANN), 45L);
    assertEquals(List.of(), faults());
  }
}
