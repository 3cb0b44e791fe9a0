package org.mxrelay.examples.bench.dns;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.DnsClient;
import org.mxrelay.dns.MxAnswer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Asks for the exchanges of names that nobody has asked for before, through the client and through
 * dnsjava's resolver alone, in turns, so that whatever else the machine does strikes both.
 *
 * @param server who answers
 * @param inFlight lookups at a time, each by a thread of its own
 * @param lookups a round
 * @param rounds that count, of each; one of each goes before, which does not
 */
public record DnsBench(InetSocketAddress server, int inFlight, int lookups, int rounds) {

  /**
   * One rival's median round.
   *
   * @param perSecond lookups
   * @param cpuMicros of this process for a lookup, a server within it included
   */
  public record Speed(double perSecond, double cpuMicros) {}

  /**
   * What came of it.
   *
   * @param ratio the median of what each of our rounds reached of dnsjava's round beside it
   */
  public record Result(Speed ours, Speed bare, double ratio) {}

  /** Asks for a name's exchanges. */
  @FunctionalInterface
  private interface Asking {
    void ask(String name) throws IOException, InterruptedException;
  }

  /**
   * Runs all rounds.
   *
   * @throws IllegalStateException if a lookup failed
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  public Result run() throws InterruptedException {
    SimpleResolver resolver = new SimpleResolver(server);
    List<Speed> ours = new ArrayList<>();
    List<Speed> bare = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(inFlight, DnsBench::daemon);
    // As many threads as the client has; on the common pool, its own choice, dnsjava is far slower.
    ExecutorService readers = Executors.newFixedThreadPool(2, DnsBench::daemon);
    try (DnsClient client = DnsClient.builder().server(server).build()) {
      for (int round = 0; round <= rounds; round++) {
        String ending = round + ".example.org";
        Speed alone = round(threads, "b", ending, name -> askAlone(resolver, readers, name));
        Speed client1 = round(threads, "c", ending, name -> askClient(client, name));
        if (round > 0) {
          bare.add(alone);
          ours.add(client1);
        }
      }
    } finally {
      threads.shutdownNow();
      readers.shutdownNow();
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      ratios.add(ours.get(i).perSecond() / bare.get(i).perSecond());
    }
    ratios.sort(Comparator.naturalOrder());
    return new Result(median(ours), median(bare), ratios.get(rounds / 2));
  }

  private static Speed median(List<Speed> of) {
    return of.stream()
        .sorted(Comparator.comparingDouble(Speed::perSecond))
        .toList()
        .get(of.size() / 2);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "bench-dns");
    thread.setDaemon(true);
    return thread;
  }

  private Speed round(ExecutorService threads, String prefix, String ending, Asking by)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    long cpu = cpuNanos();
    long start = System.nanoTime();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < inFlight; i++) {
      all.add(
          threads.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < lookups; n = next.getAndIncrement()) {
                  by.ask(prefix + n + "." + ending);
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a lookup failed", e.getCause());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Speed(lookups / seconds, (cpuNanos() - cpu) / 1e3 / lookups);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void askClient(DnsClient client, String name) throws InterruptedException {
    MxAnswer answer = client.exchanges(new Domain(name));
    if (!(answer instanceof MxAnswer.Exchanges found && found.records().size() == 1)) {
      throw new IllegalStateException(name + ": " + answer);
    }
  }

  private static void askAlone(SimpleResolver resolver, Executor executor, String name)
      throws IOException, InterruptedException {
    Record question = Record.newRecord(Name.fromString(name, Name.root), Type.MX, DClass.IN);
    Message answer;
    try {
      answer = resolver.sendAsync(Message.newQuery(question), executor).toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
    if (answer.getSection(Section.ANSWER).size() != 1) {
      throw new IllegalStateException(name + ": " + answer);
    }
  }
}
