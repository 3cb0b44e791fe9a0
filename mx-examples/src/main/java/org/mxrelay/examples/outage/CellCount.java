package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.mxrelay.examples.outage.Story.End;

/** Counts stories as they end. Confined to one thread. */
final class CellCount {

  private final Setup setup;
  private final Duration length;
  private final Outages outages;
  private final double awayShare;
  private final List<SenderKind> kinds;
  private final int[] sentBy;
  private final int[] lostBy;
  private final Delays.Gathered delays = new Delays.Gathered();
  private final Delays.Gathered afterReturn = new Delays.Gathered();
  private final Sums away = new Sums();
  private final Sums up = new Sums();
  private int silent;

  CellCount(Setup setup, Duration length, Outages outages, Study.Options options) {
    this.setup = setup;
    this.length = length;
    this.outages = outages;
    this.awayShare = (double) outages.away() / options.over().toMillis();
    this.kinds = options.mix().shares().stream().map(Mix.Share::sender).toList();
    this.sentBy = new int[kinds.size()];
    this.lostBy = new int[kinds.size()];
  }

  /** What became of the mail that was sent while the primary was away, or while it was up. */
  private static final class Sums {
    private int wanted;
    private int lost;
    private int duplicates;
    private int spam;
    private int passed;
    private int backscatter;
  }

  void add(Story story) {
    int outage = outages.at(story.letter().sentAt());
    Sums sums = outage >= 0 ? away : up;
    if (!story.letter().isWanted()) {
      spam(story, sums);
      return;
    }
    sums.wanted++;
    sums.lost += story.hasArrived() ? 0 : 1;
    sums.duplicates += Math.max(0, story.copies() - 1);
    if (outage >= 0) {
      inOutage(story, outages.spans().get(outage).to());
    }
  }

  private void inOutage(Story story, long back) {
    int kind = kinds.indexOf(story.letter().sender());
    sentBy[kind]++;
    silent += isSilent(story) ? 1 : 0;
    if (!story.hasArrived()) {
      lostBy[kind]++;
      return;
    }
    delays.add(story.arrivedAt() - story.letter().sentAt());
    if (story.arrivedAt() >= back) {
      afterReturn.add(story.arrivedAt() - back);
    }
  }

  /** Taken, and for hours in no mailbox, and nobody knows. */
  private static boolean isSilent(Story story) {
    boolean late =
        !story.hasArrived() || story.arrivedAt() - story.toldAt() > Cell.SILENCE.toMillis();
    return story.sender() == End.RELAYED && late;
  }

  private void spam(Story story, Sums sums) {
    // A gateway that holds for its operator whatever the primary refuses reports nothing.
    boolean reports = setup == Setup.LOOSE || setup == Setup.VERIFYING;
    boolean refused = story.backup() == End.BOUNCED || story.backup() == End.EXPIRED;
    sums.spam++;
    sums.passed += story.hasArrived() ? 1 : 0;
    sums.backscatter += reports && refused ? 1 : 0;
  }

  Cell done() {
    Cell.Wanted wanted =
        new Cell.Wanted(
            away.wanted,
            away.lost,
            silent,
            ofAll(Cell.share(away.duplicates, away.wanted), Cell.share(up.duplicates, up.wanted)));
    Cell.Spam spam =
        new Cell.Spam(
            ofAll(Cell.share(away.passed, away.spam), Cell.share(up.passed, up.spam)),
            ofAll(Cell.share(away.backscatter, away.spam), Cell.share(up.backscatter, up.spam)));
    return new Cell(
        setup,
        length,
        outages.spans().size(),
        wanted,
        spam,
        delays.sorted(),
        afterReturn.sorted(),
        bySender());
  }

  /** Half of the letters are sent in outages, which are a far smaller part of the time. */
  private double ofAll(double whileAway, double whileUp) {
    return awayShare * whileAway + (1 - awayShare) * whileUp;
  }

  private List<Cell.BySender> bySender() {
    return IntStream.range(0, kinds.size())
        .mapToObj(
            i -> new Cell.BySender(kinds.get(i).name(), kinds.get(i).title(), sentBy[i], lostBy[i]))
        .toList();
  }
}
