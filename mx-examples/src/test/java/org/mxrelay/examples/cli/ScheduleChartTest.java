package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.retry.Durations;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.retry.Timetable;
import org.mxrelay.retry.Timetable.Attempt;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ScheduleChartTest {

  private static List<Attempt> attempts(RetryPolicy policy) {
    return Timetable.of(policy, new SplittableRandom(1)).attempts();
  }

  private static Document drawn(RetryPolicy policy) throws Exception {
    String svg = new ScheduleChart(policy, attempts(policy)).svg();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyAttempt_isADot() throws Exception {
    RetryPolicy policy = RetryPolicy.standard();

    assertEquals(attempts(policy).size(), drawn(policy).getElementsByTagName("circle").getLength());
  }

  @ParameterizedTest
  @CsvSource({"'exp:5m,4h', 5d", "'exp:1s,1m', 1h", "'exp:100ms,1s', 10s", "'exp:1h,1h', 30d"})
  void everything_staysOnThePaper(String schedule, String expiry) throws Exception {
    Document svg =
        drawn(
            RetryPolicy.standard()
                .withSchedule(RetrySchedule.parse(schedule))
                .withExpiry(Durations.parse(expiry)));

    NodeList texts = svg.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      double x = Double.parseDouble(text.getAttribute("x"));
      double y = Double.parseDouble(text.getAttribute("y"));
      assertTrue(
          x > 0 && x < 1200 && y > 10 && y < 475,
          () -> text.getTextContent() + " at " + x + "," + y);
    }
  }
}
