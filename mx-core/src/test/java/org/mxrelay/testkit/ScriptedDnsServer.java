package org.mxrelay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A DNS server on 127.0.0.1 that answers from a script, and does wrong what it is told to.
 *
 * <pre>{@code
 * try (ScriptedDnsServer dns = ScriptedDnsServer.start("""
 *         example.org.      300 MX    10 mx1.example.org.
 *         mx1.example.org.  300 A     192.0.2.1
 *         """)) {
 *   dns.fault("mx1.example.org", "AAAA", Fault.servfail());
 *   ... dns.address() ... dns.queries() ...
 * }
 * }</pre>
 *
 * <p>The script is a master file (RFC 1035, 5.1) of absolute names; a record without a time to live
 * gets 300 s. The server is the authority for every name: it follows aliases within the script,
 * knows wildcards, answers NXDOMAIN or NODATA with the closest SOA record of the script, or one of
 * its own for the root (60 s) where there is none. It listens to UDP and TCP on one port, and
 * truncates what is larger than the client takes over UDP.
 *
 * <p>Safe for use by several threads. Its threads are daemons and end with {@link #close}.
 */
public final class ScriptedDnsServer implements AutoCloseable {

  private static final int BIND_TRIES = 20;
  private static final Duration BIND_AGAIN = Duration.ofMillis(20);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final InetSocketAddress address;
  private final DatagramSocket udp;
  private final TcpSide tcp;
  private final Desk desk;
  private final ExecutorService threads;
  private final ScheduledExecutorService later;

  private ScriptedDnsServer(DatagramSocket udp, ServerSocket listening, Desk desk) {
    ThreadFactory daemons = daemons("scripted-dns-" + NUMBER.incrementAndGet());
    this.address = (InetSocketAddress) udp.getLocalSocketAddress();
    this.udp = udp;
    this.desk = desk;
    this.threads = Executors.newCachedThreadPool(daemons);
    this.later = Executors.newSingleThreadScheduledExecutor(daemons);
    this.tcp = new TcpSide(listening, desk, threads, later);
    threads.execute(new UdpSide(udp, desk, later));
    threads.execute(tcp);
  }

  /**
   * Starts a server on a free port.
   *
   * @param zoneText the script, see above; may be empty
   * @throws IllegalArgumentException if the script cannot be read, telling the line
   * @throws UncheckedIOException if there is no port to be had
   */
  public static ScriptedDnsServer start(String zoneText) {
    return start(zoneText, 0);
  }

  /**
   * Starts a server where another one was.
   *
   * @param zoneText the script, see above; may be empty
   * @param port 0 for a free one
   * @throws IllegalArgumentException if the script cannot be read, telling the line
   * @throws UncheckedIOException if the port is taken and stays so
   */
  public static ScriptedDnsServer start(String zoneText, int port) {
    Desk desk = new Desk(Zone.parse(zoneText));
    for (int i = 1; ; i++) {
      try {
        return listening(desk, port);
      } catch (UncheckedIOException e) {
        // Somebody has the port for TCP: try another; or the one before has not quite let go of it.
        if (i == BIND_TRIES || !(e.getCause() instanceof BindException)) {
          throw e;
        }
        LockSupport.parkNanos(BIND_AGAIN.toNanos());
      }
    }
  }

  private static ScriptedDnsServer listening(Desk desk, int port) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, port));
      try {
        ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 0, loopback);
        return new ScriptedDnsServer(udp, tcp, desk);
      } catch (IOException e) {
        udp.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no port for both UDP and TCP", e);
    }
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Where it listens, by UDP and TCP alike; the same after it is closed. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Replaces the script.
   *
   * @throws IllegalArgumentException if it cannot be read; the old one then stays
   */
  public void set(String zoneText) {
    desk.replace(Zone.parse(zoneText));
  }

  /**
   * Sets what goes wrong with a question, in place of what was set for the same name and type.
   *
   * @param name a name, or {@code *} for all
   * @param type a mnemonic such as {@code MX}, or {@code *} for all
   * @param faults what goes wrong; nothing if empty
   */
  public void fault(String name, String type, Fault... faults) {
    desk.faults.replace(name, type, faults);
  }

  /** Lets nothing go wrong any more. */
  public void clearFaults() {
    desk.faults.clear();
  }

  /** What it was asked since its start or {@link #clearQueries}, in order, answered or not. */
  public List<DnsQuery> queries() {
    return desk.log();
  }

  /** How often it was asked for a name and type; case and final dot of the name are ignored. */
  public int count(String name, String type) {
    return (int) queries().stream().filter(q -> q.isFor(name, type)).count();
  }

  /** Forgets what it was asked. */
  public void clearQueries() {
    desk.clearLog();
  }

  /** Stops listening and ends all threads. Closing twice is harmless. */
  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
      later.shutdownNow();
    }
  }

  @Override
  public String toString() {
    return "ScriptedDnsServer[" + address + "]";
  }
}
