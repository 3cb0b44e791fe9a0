package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a study says of the three claims that people make of backups, in sentences.
 *
 * <p>Immutable.
 *
 * @param study what they are drawn from
 */
public record Answers(Study study) {

  /** Mail of an outage of which more than that is lost is worth a backup. */
  static final double TOLERABLE = 0.02;

  /** Whether a backup is needed at all. */
  public String needed() {
    List<Cell> alone = study.of(Setup.NONE);
    List<Cell> tolerable = new ArrayList<>();
    for (Cell cell : alone) {
      if (cell.wanted().lostShare() > TOLERABLE) {
        return tolerable.isEmpty() ? yes(cell) : butNotLonger(last(tolerable), cell);
      }
      tolerable.add(cell);
    }
    Cell longest = last(alone);
    return "No: of the mail that was sent during outages of "
        + Figures.duration(longest.outage())
        + " "
        + lost(longest)
        + " without any backup.";
  }

  private String yes(Cell first) {
    return "Yes: of the mail that was sent during outages of "
        + Figures.duration(first.outage())
        + " "
        + lost(first)
        + " without a backup"
        + withGateway(first);
  }

  private String butNotLonger(Cell safe, Cell first) {
    return "Not for outages of up to "
        + Figures.duration(safe.outage())
        + ": senders try again, and of the mail that was sent meanwhile "
        + lost(safe)
        + ". From "
        + Figures.duration(first.outage())
        + " on it pays: "
        + lost(first)
        + " without a backup"
        + withGateway(first);
  }

  private String withGateway(Cell alone) {
    return study
        .cell(Setup.GATEWAY, alone.outage())
        .map(with -> ", " + lost(with) + " with one that asks the primary.")
        .orElse(".");
  }

  private static String lost(Cell cell) {
    double share = cell.wanted().lostShare();
    return (share == 0 ? "nothing" : Figures.percent(share)) + " was lost";
  }

  /** Whether senders who try again make a backup unneeded. */
  public String retries() {
    Cell cell = nearest(Setup.NONE, Duration.ofDays(2));
    int patient =
        cell.senders().stream().filter(s -> s.lost() == 0).mapToInt(Cell.BySender::sent).sum();
    Optional<Cell.BySender> hasty =
        cell.senders().stream()
            .filter(s -> s.lost() > 0)
            .max(Comparator.comparingInt(Cell.BySender::lost));
    return "As far as they do. In outages of "
        + Figures.duration(cell.outage())
        + " the senders of "
        + Figures.percent(Cell.share(patient, cell.wanted().sent()))
        + " of the mail lost none of it"
        + hasty.map(Answers::mostLost).orElse("")
        + ". What is lost without a backup comes back to its sender, who knows.";
  }

  private static String mostLost(Cell.BySender sender) {
    return "; most of the loss was with \u201c"
        + sender.title()
        + "\u201d, which lost "
        + Figures.percent(sender.lostShare())
        + " of its";
  }

  private Cell nearest(Setup setup, Duration wish) {
    return study.of(setup).stream()
        .min(Comparator.comparing((Cell c) -> c.outage().minus(wish).abs()))
        .orElseThrow();
  }

  /** Whether a loose backup lets spam in. */
  public String spam() {
    Cell.Spam alone = shortest(Setup.NONE).spam();
    Cell.Spam loose = shortest(Setup.LOOSE).spam();
    Cell.Spam gateway = shortest(Setup.GATEWAY).spam();
    return "Yes, every day, outage or not: "
        + Figures.percent(loose.passedShare())
        + " of all spam came through with a loose backup, "
        + Figures.percent(alone.passedShare())
        + " without one and "
        + Figures.percent(gateway.passedShare())
        + " with one that asks the primary. And for "
        + Figures.percent(loose.backscatterShare())
        + " of the spam the loose backup sent a report to somebody who had not written it.";
  }

  /** Whether forwarding delays look like loss. */
  public String silence() {
    Cell cell = nearest(Setup.LOOSE, Duration.ofHours(12));
    Cell gateway = study.cell(Setup.GATEWAY, cell.outage()).orElseThrow();
    return "Yes: a backup says \u201ctaken\u201d and the sender's server forgets the message. In"
        + " outages of "
        + Figures.duration(cell.outage())
        + " that was so for hours, and nobody was told, with "
        + Figures.percent(cell.wanted().silentShare())
        + " of the mail. When the primary was back, the last of it took another "
        + Figures.duration(cell.afterReturn().quantile(0.99))
        + " to arrive from a loose backup; from a gateway that watches the primary half was there"
        + " within "
        + Figures.duration(gateway.afterReturn().quantile(0.5))
        + ".";
  }

  private Cell shortest(Setup setup) {
    return study.of(setup).get(0);
  }

  private static Cell last(List<Cell> cells) {
    return cells.get(cells.size() - 1);
  }
}
