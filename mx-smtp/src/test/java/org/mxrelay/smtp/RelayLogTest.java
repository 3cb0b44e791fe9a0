package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.SubmissionId;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

final class RelayLogTest {

  private static final Diagnostic REFUSED =
      new Diagnostic(
          EnhancedStatusCode.of("5.1.1"),
          Category.RECIPIENT_UNKNOWN,
          Optional.of(Stage.RCPT),
          "mx.example.org",
          "550 5.1.1 <ann@example.org> unknown",
          "");
  private static final Outcome BOUNCED =
      new Outcome(
          new SubmissionId("m1"),
          Mailbox.parse("ann@example.org"),
          Outcome.End.BOUNCED,
          REFUSED,
          1,
          NOON);

  private final Captured captured = new Captured();

  @Test
  void ids_nameNobody() {
    new RelayLog(LogDetail.IDS, captured).ended(BOUNCED);
    assertEquals("m1 bounced: 5.1.1 recipient-unknown", captured.lines.get(0));
    assertEquals(
        List.of(
            "mx.event=bounced",
            "mx.submission=m1",
            "mx.destination=example.org",
            "mx.exchange=mx.example.org",
            "mx.status=5.1.1",
            "mx.category=recipient-unknown",
            "mx.attempt=1"),
        captured.pairs.get(0));
  }

  @Test
  void recipients_areNamedIfAskedFor() {
    new RelayLog(LogDetail.RECIPIENTS, captured).ended(BOUNCED);
    assertEquals(
        "m1 bounced: 5.1.1 recipient-unknown: 550 5.1.1 <ann@example.org> unknown",
        captured.lines.get(0));
    assertTrue(captured.pairs.get(0).contains("mx.recipient=ann@example.org"));
    assertTrue(captured.pairs.get(0).contains("mx.reply=" + REFUSED.reply()));
  }

  @Test
  void everyEvent_hasALineAndNamesNobodyUnlessAsked() {
    RelayLog log = new RelayLog(LogDetail.IDS, captured);
    EventSamples.all().forEach(event -> event.accept(log));
    assertEquals(EventSamples.all().size(), captured.lines.size() + EventSamples.UNLOGGED);
    for (int i = 0; i < captured.lines.size(); i++) {
      String all = captured.lines.get(i) + captured.pairs.get(i);
      assertFalse(all.contains("ann@") || all.contains("billing@"), all);
      assertTrue(captured.pairs.get(i).get(0).startsWith("mx.event="), all);
    }
  }

  /** A logger that keeps what it was given, at every level. */
  private static final class Captured extends LegacyAbstractLogger implements LoggingEventAware {

    private static final long serialVersionUID = 1L;

    final transient List<String> lines = new ArrayList<>();
    final transient List<List<String>> pairs = new ArrayList<>();

    @Override
    public void log(LoggingEvent event) {
      Object[] arguments = event.getArgumentArray();
      lines.add(MessageFormatter.arrayFormat(event.getMessage(), arguments).getMessage());
      pairs.add(event.getKeyValuePairs().stream().map(Captured::pair).toList());
    }

    private static String pair(KeyValuePair pair) {
      return pair.key + "=" + pair.value;
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return RelayLogTest.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
      lines.add(message);
      pairs.add(List.of());
    }
  }
}
