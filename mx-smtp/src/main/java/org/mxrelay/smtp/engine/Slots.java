package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The places at which sessions are held. Whoever takes long stands aside and leaves its place to
 * others, so that those who hang cost the others nothing; there is room aside for a bounded number,
 * most of it for lanes that are known to be slow, some always for those that turn out to be.
 *
 * <p>Confined to the lock of {@link Lanes}.
 */
final class Slots {

  /** How long a session keeps its place. */
  static final long ASIDE_AFTER = Duration.ofSeconds(1).toNanos();

  /** From then on a lane is slow. */
  static final long SLOW_AFTER = Duration.ofSeconds(10).toNanos();

  /** As many more sessions may stand aside as there are places, so many times. */
  static final int ASIDE = 4;

  private final int most;
  private final int mostAside;

  /** Sessions in the order in which they began. */
  private final Map<Work, Place> places = new LinkedHashMap<>();

  private final Map<Work, Place> aside = new LinkedHashMap<>();

  Slots(int most) {
    this.most = most;
    this.mostAside = Math.min(ASIDE * most, 10_000);
  }

  private record Place(Lane lane, long since) {}

  int aside() {
    return aside.size();
  }

  int running() {
    return places.size() + aside.size();
  }

  boolean isFull() {
    return places.size() >= most;
  }

  /** Whether one of a lane may begin. */
  boolean isFreeFor(Lane lane) {
    return lane.isSlow() ? aside.size() < mostAside - mostAside / 4 : !isFull();
  }

  void start(Work work, Lane lane, long now) {
    lane.started();
    if (lane.isSlow()) {
      lane.aside++;
      aside.put(work, new Place(lane, now));
    } else {
      places.put(work, new Place(lane, now));
    }
  }

  /** The exchanges turned out to be those of another lane. */
  void move(Work work, Lane to) {
    Place place = places.get(work);
    Map<Work, Place> among = place == null ? aside : places;
    Place moved = among.get(work);
    if (moved != null) {
      moved.lane().ended(place == null, false);
      to.started();
      to.aside += place == null ? 1 : 0;
      among.replace(work, new Place(to, moved.since()));
    }
  }

  void end(Work work, long now) {
    Place place = places.remove(work);
    boolean wasAside = place == null;
    if (place == null) {
      place = aside.remove(work);
    }
    if (place != null) {
      place.lane().ended(wasAside, now - place.since() >= SLOW_AFTER);
    }
  }

  /** Has those stand aside that take long, as far as there is room. */
  void clear(long now) {
    Iterator<Map.Entry<Work, Place>> all = places.entrySet().iterator();
    while (all.hasNext() && aside.size() < mostAside) {
      Map.Entry<Work, Place> eldest = all.next();
      if (now - eldest.getValue().since() < ASIDE_AFTER) {
        return;
      }
      all.remove();
      aside.put(eldest.getKey(), eldest.getValue());
      eldest.getValue().lane().wentAside();
    }
  }

  /** How long until one may have to stand aside; the greatest number if none can. */
  long untilClear(long now) {
    if (places.isEmpty() || aside.size() >= mostAside) {
      return Long.MAX_VALUE;
    }
    long eldest = places.values().iterator().next().since();
    return Math.max(0, eldest + ASIDE_AFTER - now);
  }
}
