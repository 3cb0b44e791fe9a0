package org.mxrelay.routing;

import java.util.ArrayList;
import java.util.List;
import org.mxrelay.dns.AnswerFacts;
import org.mxrelay.routing.RouteNote.Kind;

/** Collects what is to be said about a routing, and no more than a person would read. */
final class NoteBook {

  private static final int MOST = 100;

  private final List<RouteNote> notes = new ArrayList<>();
  private int unwritten;

  void add(Kind kind, String exchange, String address, String why) {
    if (notes.size() < MOST) {
      notes.add(new RouteNote(kind, exchange, address, why));
    } else {
      unwritten++;
    }
  }

  /** What the DNS client found odd about an answer that was used all the same. */
  void facts(String name, AnswerFacts facts) {
    facts.notes().forEach(n -> add(Kind.KEPT, name, "", n));
  }

  List<RouteNote> notes() {
    List<RouteNote> all = new ArrayList<>(notes);
    if (unwritten > 0) {
      all.add(new RouteNote(Kind.CAPPED, "", "", unwritten + " further notes"));
    }
    return all;
  }
}
