package org.mxrelay.examples.demo;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Tells the story, and counts the promises that held. Safe for use by several threads. */
final class Narrator {

  /** Colours of a terminal. */
  private enum Ink {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32");

    private final String code;

    Ink(String code) {
      this.code = code;
    }
  }

  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final AtomicInteger acts = new AtomicInteger();
  private final AtomicInteger kept = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final PrintStream out;
  private final Demo.Colour colour;

  Narrator(PrintStream out, Demo.Colour colour) {
    this.out = out;
    this.colour = colour;
  }

  void act(Act act) {
    line("");
    line(ink(Ink.BOLD, acts.incrementAndGet() + ". " + act.title()));
    line(ink(Ink.DIM, "   " + act.expectation()));
  }

  /** Something that happened. */
  void tell(String what) {
    line("   " + what);
  }

  /** A promise, and whether it held. */
  void promise(String words, boolean held) {
    (held ? kept : broken).incrementAndGet();
    line("   " + (held ? ink(Ink.GREEN, "✓ " + words) : ink(Ink.RED, "✗ " + words)));
  }

  /** Whether every promise held, said in a last line. */
  boolean end() {
    line("");
    int all = kept.get() + broken.get();
    if (broken.get() == 0) {
      line(ink(Ink.GREEN, "All " + all + " promises held."));
    } else {
      line(ink(Ink.RED, broken.get() + " of " + all + " promises did not hold."));
    }
    return broken.get() == 0 && all > 0;
  }

  private String ink(Ink ink, String text) {
    return colour == Demo.Colour.ON ? "\u001b[" + ink.code + "m" + text + "\u001b[0m" : text;
  }

  void line(String text) {
    oneAtATime.lock();
    try {
      out.println(text);
      out.flush();
    } finally {
      oneAtATime.unlock();
    }
  }
}
