package org.mxrelay.examples.outage;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import org.mxrelay.examples.outage.Letter.Box;
import org.mxrelay.examples.outage.Letter.FirstReply;
import org.mxrelay.examples.outage.Letter.Nature;

/**
 * Draws the letters: half of them evenly over the time in which the primary is away, however short
 * that is, and half over the time in which it is up. The same seed draws the same letters, whatever
 * the setup.
 *
 * <p>Confined to one thread.
 */
final class Traffic implements Iterator<Letter> {

  private final Mix mix;
  private final Assumptions assumed;
  private final RandomGenerator random;
  private final Stream away;
  private final Stream up;
  private int next;

  Traffic(Study.Options options, Outages outages, RandomGenerator random) {
    this.mix = options.mix();
    this.assumed = options.assumptions();
    this.random = random;
    int half = options.messages() / 2;
    long time = options.over().toMillis();
    this.away = new Stream(half, outages.away(), outages::momentAway, random);
    this.up =
        new Stream(options.messages() - half, time - outages.away(), outages::momentUp, random);
  }

  /** Letters that are sent evenly over a time of its own, which has its place in all time. */
  private static final class Stream {
    private final int count;
    private final long time;
    private final LongUnaryOperator place;
    private final RandomGenerator random;
    private int drawn;
    private long at;

    Stream(int count, long time, LongUnaryOperator place, RandomGenerator random) {
      this.count = count;
      this.time = time;
      this.place = place;
      this.random = random;
      advance();
    }

    /** When the next is sent; the end of time if there is none. */
    long at() {
      return at;
    }

    void advance() {
      at =
          drawn < count
              ? place.applyAsLong((long) ((drawn + random.nextDouble()) * time / count))
              : Long.MAX_VALUE;
      drawn++;
    }
  }

  @Override
  public boolean hasNext() {
    return Math.min(away.at(), up.at()) < Long.MAX_VALUE;
  }

  @Override
  public Letter next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Stream first = away.at() <= up.at() ? away : up;
    long at = first.at();
    first.advance();
    int number = next++;
    return random.nextDouble() < assumed.spam() ? spam(number, at) : wanted(number, at);
  }

  private Letter wanted(int number, long at) {
    SenderKind sender = mix.at(random.nextDouble());
    Box box = random.nextDouble() < assumed.recipientsKnown() ? Box.REMEMBERED : Box.NEW;
    FirstReply reply =
        random.nextDouble() < assumed.repliesLost() ? FirstReply.IS_LOST : FirstReply.ARRIVES;
    return new Letter(number, at, sender, Nature.WANTED, box, reply);
  }

  private Letter spam(int number, long at) {
    SenderKind sender =
        random.nextDouble() < assumed.spamAtBackup() ? SenderKinds.BOT_AT_BACKUP : SenderKinds.BOT;
    boolean listed = random.nextDouble() < assumed.caughtByAddress();
    boolean telltale = random.nextDouble() < assumed.caughtByContent();
    Nature nature =
        listed
            ? (telltale ? Nature.SPAM_BY_BOTH : Nature.SPAM_BY_ADDRESS)
            : (telltale ? Nature.SPAM_BY_CONTENT : Nature.SPAM_UNKNOWN);
    boolean nobody = random.nextDouble() < assumed.spamToNobody();
    boolean known = random.nextDouble() < assumed.recipientsKnown();
    Box box = nobody ? Box.NOBODY : known ? Box.REMEMBERED : Box.NEW;
    return new Letter(number, at, sender, nature, box, FirstReply.ARRIVES);
  }
}
