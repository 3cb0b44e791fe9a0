package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ReadingTest {

  @Test
  void troubleWithoutAWord_isToldWithoutOne() {
    String told = told(new CompletionException(new PortUnreachableException()));
    assertTrue(told.contains("cannot be reached"), told);
    assertFalse(told.contains("null"), told);
  }

  @Test
  void troubleWithAWord_isToldWithIt() {
    String told = told(new IOException("Network is unreachable"));
    assertTrue(told.contains("cannot be reached: Network is unreachable"), told);
  }

  private static String told(Throwable failure) {
    return Reading.of(failure, Duration.ofSeconds(2)).toString();
  }
}
