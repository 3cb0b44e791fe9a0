package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Refused;

/** V33: the sender, recipient and body of a message stay together, whatever goes on beside it. */
class CrossTalkTest {

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
  private final SmtpTransport transport = SmtpTransport.builder().helo("me.example").build();

  @AfterEach
  void close() {
    transport.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CHUNKING", "X-NOTHING"})
  void v33_sessionsOfManyThreads_neverMix(String offered) throws Exception {
    server.offer(offered);
    assertNothingMixes(1_000, 16);
  }

  @Test
  @Tag("ci")
  void v33_tenThousandMessagesOf64Threads_neverMix() throws Exception {
    assertNothingMixes(10_000, 64);
  }

  private void assertNothingMixes(int messages, int threads) throws Exception {
    server.on(Step.RCPT, Behaviour.replyTo(a -> a.startsWith("no") ? "550 5.1.1 Who?" : ""));
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<RecipientResult>> tasks = new ArrayList<>();
      for (int i = 0; i < messages; i++) {
        String n = Integer.toString(i);
        tasks.add(() -> attempt(n));
      }
      List<Future<RecipientResult>> results = workers.invokeAll(tasks);
      for (int i = 0; i < messages; i++) {
        Class<?> expected = isRefused(i) ? Refused.class : Answered.class;
        assertEquals(expected, results.get(i).get().getClass());
      }
    } finally {
      workers.shutdownNow();
    }
    assertEquals(messages - (messages + 6) / 7, server.messages().size());
    server.messages().forEach(CrossTalkTest::assertWhole);
  }

  private RecipientResult attempt(String n) throws InterruptedException {
    String to = (isRefused(Integer.parseInt(n)) ? "no" : "to") + n + "@y.example";
    return transport
        .attempt(
            Transactions.to(server.route(), to)
                .envelope(Envelope.from("from" + n + "@x.example").to(to))
                .message("body" + n + "\r\n")
                .plain())
        .results()
        .values()
        .iterator()
        .next();
  }

  private static boolean isRefused(int number) {
    return number % 7 == 0;
  }

  private static void assertWhole(ReceivedMessage message) {
    String n = message.text().strip().substring(4);
    assertEquals("from" + n + "@x.example", message.reversePath());
    assertEquals(List.of("to" + n + "@y.example"), message.addresses());
  }
}
