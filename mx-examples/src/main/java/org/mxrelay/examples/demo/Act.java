package org.mxrelay.examples.demo;

import java.io.IOException;

/** A part of the demonstration. */
interface Act {

  /** What it is about. */
  String title();

  /** What the reader should see. */
  String expectation();

  /** Lets it happen, and tells which promises held. */
  void play(TinyInternet net, Narrator narrator) throws IOException, InterruptedException;
}
