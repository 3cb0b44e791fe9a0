package org.mxrelay.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Which faults are set for which questions, and how often each is still to happen. */
final class FaultBook {

  static final String ANY = "*";

  private record Entry(String name, String type, Fault fault, AtomicInteger left) {

    boolean matches(String asked, String askedType) {
      return (name.equals(ANY) || name.equals(asked))
          && (type.equals(ANY) || type.equalsIgnoreCase(askedType));
    }

    boolean take() {
      return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }
  }

  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  static String canonical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  void replace(String name, String type, Fault... faults) {
    String key = canonical(name);
    entries.removeIf(e -> e.name().equals(key) && e.type().equalsIgnoreCase(type));
    for (Fault fault : faults) {
      entries.add(new Entry(key, type, fault, new AtomicInteger(fault.times)));
    }
  }

  void clear() {
    entries.clear();
  }

  /** The faults that strike this question now; each is counted. */
  Struck strike(DnsQuery query) {
    List<Fault> struck = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.matches(query.name(), query.type()) && entry.take()) {
        struck.add(entry.fault());
      }
    }
    return new Struck(struck);
  }

  /** The faults that strike one question. */
  record Struck(List<Fault> faults) {

    boolean has(Fault.Kind kind) {
      return faults.stream().anyMatch(f -> f.kind == kind);
    }
  }
}
