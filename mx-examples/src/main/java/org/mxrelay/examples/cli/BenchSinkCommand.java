package org.mxrelay.examples.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.bench.FastSink;
import org.mxrelay.examples.bench.Sink;
import org.mxrelay.examples.bench.TlsSink;
import org.mxrelay.testkit.TestCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A server to measure against. */
@Command(name = "sink", description = "Takes mail by SMTP and throws it away, until stopped.")
final class BenchSinkCommand implements Callable<Integer> {

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      defaultValue = "127.0.0.1:2525",
      description = "Where; port 0 is any free one. Default: ${DEFAULT-VALUE}.")
  private @Nullable InetSocketAddress listen;

  @Option(
      names = "--without",
      paramLabel = "KEYWORD",
      split = ",",
      description = "What EHLO does not offer, such as CHUNKING or PIPELINING.")
  private List<String> without = List.of();

  @Option(names = "--starttls", description = "Offer STARTTLS, with a thread for each connection.")
  private boolean startTls;

  private final Streams streams;

  BenchSinkCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    InetSocketAddress at = listen == null ? new InetSocketAddress("127.0.0.1", 2525) : listen;
    try (Stop stop = Stop.onSignal();
        Sink sink = start(at)) {
      output
          .to(streams.out())
          .print(
              new JsonLine().put("event", "listening").put("address", text(sink.address())).done(),
              line -> "listening on " + text(sink.address()));
      stop.exitWith(ExitCodes.OK);
      Thread.sleep(Long.MAX_VALUE);
      return ExitCodes.OK;
    } catch (InterruptedException e) {
      // The signal's way of saying that it is enough.
      return ExitCodes.OK;
    }
  }

  private Sink start(InetSocketAddress at) throws IOException {
    List<String> offers =
        Sink.OFFERS.stream()
            .filter(offer -> without.stream().noneMatch(w -> isOffer(offer, w)))
            .toList();
    if (startTls) {
      return TlsSink.start(at, offers, TestCertificate.of("sink").serverContext());
    }
    return FastSink.start(at, offers);
  }

  private static boolean isOffer(String offer, String keyword) {
    return offer.split(" ", 2)[0].equalsIgnoreCase(keyword);
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
