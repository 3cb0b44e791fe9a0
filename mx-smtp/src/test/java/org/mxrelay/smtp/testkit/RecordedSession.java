package org.mxrelay.smtp.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What went over one connection, as it was before encryption.
 *
 * <p>Safe for use by several threads; grows while the session lasts.
 */
public final class RecordedSession {

  private static final int MOST = 64 * 1024 * 1024;

  private final int number;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Transcript transcript = new Transcript();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean tls;
  private volatile String serverName = "";

  RecordedSession(int number) {
    this.number = number;
  }

  /** Sessions are numbered from 1. */
  public int number() {
    return number;
  }

  /** The commands in order, without their line ends. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  /** Whether it became encrypted. */
  public boolean tls() {
    return tls;
  }

  /** The name that the client asked for when it became encrypted (SNI); empty if none. */
  public String serverName() {
    return serverName;
  }

  /** All bytes that the client sent, at most 64 MiB of them. */
  public byte[] received() {
    return copy(received);
  }

  /** All bytes that the server sent, at most 64 MiB of them. */
  public byte[] sent() {
    return copy(sent);
  }

  /** What the client sent, one character for each byte. */
  public String receivedText() {
    return new String(received(), StandardCharsets.ISO_8859_1);
  }

  /**
   * What went over the connection, for people: each line says who ({@code C} or {@code S}), after
   * how many milliseconds and what, all but printable ASCII escaped. Of long ones, the beginning.
   */
  public List<String> transcript() {
    return transcript.lines();
  }

  /** Whether the connection is closed. */
  public boolean isEnded() {
    return ended.getCount() == 0;
  }

  /** Waits until the connection is closed, and says whether it is. */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  void command(String line) {
    commands.add(line);
  }

  void encrypted(String askedFor) {
    serverName = askedFor;
    tls = true;
  }

  void end() {
    ended.countDown();
  }

  void received(byte[] from, int offset, int length) {
    keep(received, from, offset, length);
    transcript.add('C', from, offset, length);
  }

  void sent(byte[] from) {
    keep(sent, from, 0, from.length);
    transcript.add('S', from, 0, from.length);
  }

  private void keep(ByteArrayOutputStream in, byte[] from, int offset, int length) {
    lock.lock();
    try {
      in.write(from, offset, Math.min(length, MOST - in.size()));
    } finally {
      lock.unlock();
    }
  }

  private byte[] copy(ByteArrayOutputStream of) {
    lock.lock();
    try {
      return of.toByteArray();
    } finally {
      lock.unlock();
    }
  }
}
