package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.examples.bench.FastSink;
import org.mxrelay.examples.bench.Sink;

/** What {@code mx bench relay} runs, with loads too small to say anything of speed. */
class BenchRelayTest {

  private Sink sink;

  @BeforeEach
  void start() throws IOException {
    sink = FastSink.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Sink.OFFERS);
  }

  @AfterEach
  void stop() throws IOException {
    sink.close();
  }

  private static List<JsonObject> bench(String... options) {
    List<String> all = new ArrayList<>(List.of("bench", "relay", "--json"));
    all.addAll(List.of(options));
    Shell.Ran ran = Shell.run(all.toArray(String[]::new));
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    return ran.json();
  }

  private String own() {
    return "127.0.0.1:" + sink.address().getPort();
  }

  @Test
  void mail_goesTheWholeWayInEachRound() {
    List<JsonObject> rounds =
        bench("--sink", own(), "--messages", "40", "--domains", "3", "--rounds", "1");

    assertEquals(80, sink.messages());
    assertEquals(2, rounds.size());
    assertTrue(rounds.get(0).get("warmUp").getAsBoolean());
    assertFalse(rounds.get(1).get("warmUp").getAsBoolean());
    assertTrue(rounds.get(1).get("perSecond").getAsLong() > 0);
    assertFalse(rounds.get(1).has("lossPercent"));
  }

  @Test
  void partOfABacklog_endsTheRound() {
    List<JsonObject> rounds =
        bench(
            "--sink", own(), "--backlog", "--messages", "500", "--deliver", "20", "--rounds", "1");

    assertEquals(20, rounds.get(0).get("messages").getAsInt(), "the warm-up's");
    assertEquals(500, rounds.get(1).get("messages").getAsInt());
    assertEquals(20, rounds.get(1).get("delivered").getAsInt());
    assertTrue(sink.messages() >= 40, "taken: " + sink.messages());
    assertTrue(sink.messages() < 500, "taken: " + sink.messages());
  }

  @Test
  void warmUp_isAsLargeAsIsSaid() {
    List<JsonObject> rounds =
        bench("--sink", own(), "--messages", "10", "--warm-up", "30", "--rounds", "1");

    assertEquals(30, rounds.get(0).get("delivered").getAsInt());
    assertEquals(10, rounds.get(1).get("delivered").getAsInt());
    assertEquals(40, sink.messages());
  }

  @Test
  void nodes_shareAQueue() {
    List<JsonObject> rounds =
        bench(
            "--sink",
            own(),
            "--queue",
            "jdbc:h2:mem:benchrelay;DB_CLOSE_DELAY=-1",
            "--nodes",
            "2",
            "--messages",
            "60",
            "--rounds",
            "0");

    assertEquals(60, sink.messages());
    assertEquals(2, rounds.get(0).get("nodes").getAsInt());
  }

  @Test
  void tarpits_holdNobodyUpAndAreNotCounted() {
    List<JsonObject> rounds =
        bench(
            "--queue",
            "memory:",
            "--domains",
            "5",
            "--tarpits",
            "2",
            "--messages",
            "60",
            "--rounds",
            "0");

    JsonObject round = rounds.get(0);
    assertEquals(60, round.get("delivered").getAsInt());
    assertEquals(2, round.get("tarpits").getAsInt());
    assertTrue(round.get("perSecondAlone").getAsLong() > 0);
    assertTrue(round.get("lossPercent").getAsDouble() < 100);
  }
}
