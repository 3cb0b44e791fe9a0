package org.mxrelay.dns;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A question being asked, and what the servers did so far. Thread-safe. */
final class Inquiry {

  private record Remark(DnsServer server, String words) {}

  private final Question question;
  private final CompletableFuture<Lookup> result = new CompletableFuture<>();
  private final List<Remark> remarks = new CopyOnWriteArrayList<>();

  Inquiry(Question question) {
    this.question = question;
  }

  static Inquiry answered(Question question, Lookup lookup) {
    Inquiry inquiry = new Inquiry(question);
    inquiry.result.complete(lookup);
    return inquiry;
  }

  Question question() {
    return question;
  }

  /** Completes with the answer, never exceptionally. */
  CompletableFuture<Lookup> result() {
    return result;
  }

  /** Whether nobody waits for further tries. */
  boolean isOver() {
    return result.isDone();
  }

  void remark(DnsServer server, String words) {
    remarks.removeIf(r -> r.server().equals(server));
    remarks.add(new Remark(server, words));
  }

  /** Each server's last trouble. */
  String troubles() {
    return remarks.stream()
        .map(r -> r.server() + " " + r.words())
        .collect(Collectors.joining("; "));
  }
}
