package org.mxrelay.examples.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.mxrelay.smtp.message.Envelope;

/**
 * To whom mail goes in turn: {@code d0.bench.example} and so on, which share an exchange, and
 * {@code t0.bench.example} and so on, the exchange of each of which is a tarpit.
 *
 * @param answering how many take mail
 * @param tarpits how many do not
 */
public record BenchDomains(int answering, int tarpits) {

  private static final String ZONE = ".bench.example";

  /** Those that take mail, without the others. */
  public BenchDomains withoutTarpits() {
    return new BenchDomains(answering, 0);
  }

  List<Envelope> healthy() {
    return envelopes("d", answering);
  }

  List<Envelope> slow() {
    return envelopes("t", tarpits);
  }

  private static List<Envelope> envelopes(String kind, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Envelope.from("bench@client.example").to("ann@" + kind + i + ZONE))
        .toList();
  }

  /**
   * The zone that says so.
   *
   * @param sink address of the exchange that takes mail
   * @param tarpit address of all that do not
   */
  public String zone(String sink, String tarpit) {
    StringBuilder zone = new StringBuilder("mx.bench.example. 3600 A " + sink + "\n");
    for (int i = 0; i < answering; i++) {
      zone.append("d" + i + ".bench.example. 3600 MX 10 mx.bench.example.\n");
    }
    for (int i = 0; i < tarpits; i++) {
      zone.append("t" + i + ".bench.example. 3600 MX 10 mx.t" + i + ".bench.example.\n");
      zone.append("mx.t" + i + ".bench.example. 3600 A " + tarpit + "\n");
    }
    return zone.toString();
  }
}
