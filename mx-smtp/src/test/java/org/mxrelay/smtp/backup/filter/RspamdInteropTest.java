package org.mxrelay.smtp.backup.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.backup.ContentFilter;
import org.mxrelay.smtp.testkit.RspamdServer;

/** The real one, by both of its protocols. */
class RspamdInteropTest {

  private static final String HAM =
      "From: bob@mail.sender.example\nSubject: hi\nMessage-ID: <1@x.test>\n\nHello\n";

  @TempDir static Path folder;
  private static RspamdServer rspamd;

  @BeforeAll
  static void start() {
    rspamd = RspamdServer.start(folder);
  }

  @AfterAll
  static void stop() {
    if (rspamd != null) {
      rspamd.close();
    }
  }

  @Test
  void ham_passesByHttp() throws Exception {
    assertEquals("accept", byHttp(HAM));
  }

  @Test
  void gtube_isRefusedByHttpInItsWords() throws Exception {
    assertEquals("554 5.7.1 Gtube pattern", byHttp(HAM + Messages.GTUBE + "\n"));
  }

  @Test
  void suspicious_isMarkedByHttp() throws Exception {
    assertEquals("accept X-Spam: Yes", byHttp(HAM + "Y" + Messages.GTUBE.substring(1) + "\n"));
  }

  @Test
  void ham_passesByMilter() throws Exception {
    assertEquals("accept", byMilter(HAM));
  }

  @Test
  void gtube_isRefusedByMilterInItsWords() throws Exception {
    assertEquals("554 5.7.1 Gtube pattern", byMilter(HAM + Messages.GTUBE + "\n"));
  }

  @Test
  void largeMessage_passesByBoth() throws Exception {
    String large = HAM + ("y".repeat(70) + "\n").repeat(10_000);
    assertEquals("accept", byHttp(large));
    assertEquals("accept", byMilter(large));
  }

  private static String byHttp(String message) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + rspamd.http().getPort());
    return verdict(RspamdFilter.builder(url).build(), message);
  }

  private static String byMilter(String message) throws Exception {
    return verdict(MilterFilter.builder(rspamd.milter()).build(), message);
  }

  private static String verdict(ContentFilter filter, String message) throws Exception {
    try (filter) {
      return MilterVerdictTest.shown(filter.filter(Messages.of(message)));
    }
  }
}
