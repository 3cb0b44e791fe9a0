package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.reply.Verdict;
import org.mxrelay.routing.Fallthrough.Age;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.routing.Fallthrough.Case;
import org.mxrelay.routing.Fallthrough.Next;
import org.mxrelay.routing.Fallthrough.Rank;

class FallthroughTest {

  @Test
  void everyCase_isDisposedOfByTheWrittenTable() {
    List<Row> rows = rows();
    Set<Row> used = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    int[] cases = {0};
    forEachCase(
        c -> {
          for (Fallthrough rule : Fallthrough.values()) {
            cases[0]++;
            Row row =
                rows.stream()
                    .filter(r -> r.fits(rule, c))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no row for " + rule + " " + c));
            used.add(row);
            if (rule.dispose(c) != row.becomes()) {
              wrong.add(rule + " " + c + " became " + rule.dispose(c) + ", not " + row.becomes());
            }
          }
        });
    assertAll(
        () -> assertEquals(List.of(), wrong.stream().limit(10).toList(), wrong.size() + " wrong"),
        () -> assertEquals(List.of(), rows.stream().filter(r -> !used.contains(r)).toList()),
        () -> assertEquals((11 * 8 * 42 + 21) * 2 * 3 * 2 * 3, cases[0], "cases"));
  }

  /** What DESIGN says in so many words, without the table. */
  @ParameterizedTest
  @CsvSource({
    "greylisted stays among equals,        RCPT,        450, GREYLISTED,       BACKUP, NEXT_ATTEMPT",
    "greylisted asks an equal,             RCPT,        450, GREYLISTED,       EQUAL,  NEXT_ROUTE",
    "mailbox full stays among equals,      RCPT,        452, MAILBOX_FULL,     BACKUP, NEXT_ATTEMPT",
    "policy stays among equals,            MAIL,        451, POLICY,           BACKUP, NEXT_ATTEMPT",
    "rate limits ask nobody,               RCPT,        450, RATE_LIMITED,     EQUAL,  NEXT_ATTEMPT",
    "421 for a rate limit asks nobody,     GREETING,    421, RATE_LIMITED,     EQUAL,  NEXT_ATTEMPT",
    "421 for shutting down goes to backups,MAIL,        421, SERVER_ERROR,     BACKUP, NEXT_ROUTE",
    "bare 421 goes to backups,             DATA,        421, OTHER,            BACKUP, NEXT_ROUTE",
    "local error goes to backups,          END_OF_DATA, 451, SERVER_ERROR,     BACKUP, NEXT_ROUTE",
    "greeting 554 goes to backups,         GREETING,    554, IP_BLOCKED,       BACKUP, NEXT_ROUTE",
    "greeting 450 of policy stays,         GREETING,    450, POLICY,           BACKUP, NEXT_ATTEMPT",
    "EHLO refused goes to backups,         EHLO,        550, REVERSE_DNS,      BACKUP, NEXT_ROUTE",
    "demanded TLS refused goes to backups, STARTTLS,    454, AUTH_OR_TLS,      BACKUP, NEXT_ROUTE",
    "550 at RCPT ends it,                  RCPT,        550, RECIPIENT_UNKNOWN,EQUAL,  FINAL",
    "relay denied by the primary ends it,  RCPT,        554, RELAY_DENIED,     BACKUP, FINAL"
  })
  void primary_disposesAsDesigned(
      String why, Stage stage, int code, Category category, String next, Disposition expected) {
    boolean permanent = code >= 500 && !stage.isBeforeMail();
    Judgement judgement =
        permanent ? Judgement.permanent(category, "x") : Judgement.temporary(category, "x");
    Answer answer = Answer.of(Reply.of(code, category == Category.OTHER ? "" : "some words"));
    Next after = next.equals("EQUAL") ? Next.SAME_PREFERENCE : Next.BACKUP;
    Case c = new Case(stage, answer, judgement, Rank.BEST, after, Age.ORDINARY);
    assertEquals(expected, Fallthrough.STANDARD.dispose(c), why);
  }

  @ParameterizedTest
  @CsvSource({"5.5.4", "5.6.3", "5.6.7", "5.6.9", "5.7.30"})
  void missingExtensionAtABackup_dropsOnlyThatRoute(String status) {
    Category category = status.equals("5.7.30") ? Category.AUTH_OR_TLS : Category.MESSAGE_FORMAT;
    Judgement j =
        new Judgement(Verdict.PERMANENT, category, EnhancedStatusCode.of(status), "said so");
    assertEquals(Disposition.NEXT_ROUTE, atMail(j, Rank.BACKUP, Next.BACKUP));
    assertEquals(Disposition.NEXT_ATTEMPT, atMail(j, Rank.BACKUP, Next.NONE));
    assertEquals(Disposition.FINAL, atMail(j, Rank.BEST, Next.BACKUP));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void relayed_isSaidOnlyInAReplyToTheEndOfTheData(Stage stage) {
    Judgement relayed =
        new Judgement(Verdict.RELAYED, Category.OTHER, new EnhancedStatusCode(2, 0, 0), "digit");
    for (Answer answer : Answer.values()) {
      if (stage != Stage.END_OF_DATA || answer != Answer.REPLIED) {
        assertThrows(
            IllegalArgumentException.class,
            () -> new Case(stage, answer, relayed, Rank.BEST, Next.NONE, Age.ORDINARY));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "421, going away, CLOSING", "421, '', CLOSING", "450, '', CLOSING", "550, ' ', CLOSING",
    "450, later, REPLIED", "250, ok, REPLIED", "550, no, REFUSED", "554, no, REFUSED"
  })
  void replies_areOfAKind(int code, String text, Answer expected) {
    assertEquals(expected, Answer.of(Reply.of(code, text)));
  }

  private static Disposition atMail(Judgement j, Rank rank, Next next) {
    return Fallthrough.STANDARD.dispose(
        new Case(Stage.MAIL, Answer.REFUSED, j, rank, next, Age.ORDINARY));
  }

  private static void forEachCase(Consumer<Case> each) {
    for (Stage stage : Stage.values()) {
      for (Answer answer : Answer.values()) {
        for (Judgement judgement : judgements(stage, answer)) {
          for (Rank rank : Rank.values()) {
            for (Next next : Next.values()) {
              for (Age age : Age.values()) {
                each.accept(new Case(stage, answer, judgement, rank, next, age));
              }
            }
          }
        }
      }
    }
  }

  private static List<Judgement> judgements(Stage stage, Answer answer) {
    List<Judgement> all = new ArrayList<>();
    for (Category category : Category.values()) {
      all.add(Judgement.temporary(category, "test"));
      all.add(Judgement.permanent(category, "test"));
      if (stage == Stage.END_OF_DATA && answer == Answer.REPLIED) {
        EnhancedStatusCode ok = new EnhancedStatusCode(2, 0, 0);
        all.add(new Judgement(Verdict.RELAYED, category, ok, "test"));
      }
    }
    return all;
  }

  /** A line of the table: the values that each column names, or {@code *} for all. */
  private record Row(List<Set<String>> cells) {

    static Row of(String line) {
      return new Row(Stream.of(line.strip().split("\\s+")).map(c -> Set.of(c.split(","))).toList());
    }

    boolean fits(Fallthrough rule, Case c) {
      return names(0, rule)
          && (names(1, c.stage()) || inGroup(c.stage()))
          && names(2, c.answer())
          && names(3, c.judgement().verdict())
          && names(4, c.judgement().category())
          && names(5, c.rank())
          && names(6, c.next())
          && names(7, c.age());
    }

    Disposition becomes() {
      return Disposition.valueOf(cells.get(8).iterator().next());
    }

    private boolean names(int column, Enum<?> value) {
      Set<String> cell = cells.get(column);
      return cell.contains("*") || cell.contains(value.name());
    }

    private boolean inGroup(Stage stage) {
      boolean open = stage == Stage.CONNECT || stage == Stage.GREETING;
      boolean mail = stage.ordinal() >= Stage.MAIL.ordinal();
      return switch (cells.get(1).iterator().next()) {
        case "open" -> open;
        case "hello" -> !open && !mail;
        case "before" -> !mail;
        case "mail" -> mail;
        default -> false;
      };
    }
  }

  private static List<Row> rows() {
    try (InputStream in = FallthroughTest.class.getResourceAsStream("fallthrough.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .map(Row::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
