package org.mxrelay.examples.bench;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.message.MessageSource;

/** How fast messages leave through our client, and through Angus in the same run. */
public final class ClientBench {

  private final Load load;
  private final int rounds;

  /**
   * @param rounds that are counted
   */
  public ClientBench(Load load, int rounds) {
    this.load = load;
    this.rounds = rounds;
  }

  /**
   * What is sent, and over how many connections.
   *
   * @param to the sink
   * @param connections at a time
   * @param size octets of a message
   * @param messages a round
   * @param security what the sink expects
   */
  public record Load(
      InetSocketAddress to, int connections, int size, int messages, Security security) {}

  /** How a session is secured. */
  public enum Security {
    NONE,
    STARTTLS
  }

  /**
   * What came of one way of sending.
   *
   * @param client its name
   */
  public record Result(String client, Load load, Rounds rounds) {

    /**
     * How many round trips a message takes: those of its connection while it had its turn.
     *
     * @param roundTrip how long one is, so long that nothing else takes time
     */
    public double roundTrips(Duration roundTrip) {
      Measured median = rounds.median();
      double turns = (double) median.messages() / load.connections();
      return median.wall().toNanos() / turns / roundTrip.toNanos();
    }
  }

  private record Entrant(String name, Load load, Rounds.Contestant contestant) {}

  /** Who else is measured. */
  public enum Rivals {
    NONE,
    /** Angus Mail, on connections that it keeps and on new ones. */
    ANGUS
  }

  /** Runs all ways of sending in turns, and tells the results one by one. */
  public void run(Rivals rivals, Consumer<Result> tell) throws Exception {
    byte[] letter = Letter.of(load.size());
    List<Entrant> entrants = new ArrayList<>();
    try (SmtpTransport bdat = transport(SmtpTransport.Chunking.WHERE_OFFERED);
        SmtpTransport data = transport(SmtpTransport.Chunking.NEVER)) {
      entrants.add(ours("mxrelay", bdat, letter));
      entrants.add(ours("mxrelay-data", data, letter));
      if (rivals == Rivals.ANGUS) {
        entrants.add(angus("angus-reused", AngusSender.Connections.REUSED, letter));
        entrants.add(angus("angus-new", AngusSender.Connections.NEW, letter));
      }
      List<Rounds> results =
          Rounds.inTurns(rounds, entrants.stream().map(Entrant::contestant).toList());
      for (int i = 0; i < entrants.size(); i++) {
        tell.accept(new Result(entrants.get(i).name(), load, results.get(i)));
      }
    }
  }

  private static SmtpTransport transport(SmtpTransport.Chunking chunking) {
    return SmtpTransport.builder()
        .helo("client.example")
        .maxMessagesPerConnection(Integer.MAX_VALUE)
        .chunking(chunking)
        .build();
  }

  private Entrant ours(String name, SmtpTransport transport, byte[] letter) {
    MessageSource message = MessageSource.of(letter);
    return entrant(name, () -> MxSender.of(transport, load.to(), message));
  }

  private Entrant angus(String name, AngusSender.Connections connections, byte[] letter) {
    return entrant(name, () -> new AngusSender(load, connections, letter));
  }

  private Entrant entrant(String name, Callable<? extends Sender> senders) {
    return new Entrant(
        name,
        load,
        () ->
            Measured.of(
                load.messages(), () -> Crew.send(load.connections(), load.messages(), senders)));
  }
}
