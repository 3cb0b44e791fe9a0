package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeighedMapTest {

  private final WeighedMap<String, String> map = new WeighedMap<>(10);

  private static Optional<String> some(String value) {
    return Optional.of(value);
  }

  @Test
  void tooMuch_pushesOutTheLeastRecentlyUsed() {
    map.put("a", "1", 4);
    map.put("b", "2", 4);
    assertEquals(some("1"), map.find("a"));
    map.put("c", "3", 4);
    assertEquals(Optional.empty(), map.find("b"));
    assertEquals(some("1"), map.find("a"));
    assertEquals(some("3"), map.find("c"));
  }

  @Test
  void whatAloneIsTooMuch_isNotPut() {
    map.put("a", "1", 4);
    map.put("a", "2", 11);
    assertEquals(some("1"), map.find("a"));
  }

  @Test
  void valuePutInPlaceOfAnother_weighsAlone() {
    for (int i = 0; i < 100; i++) {
      map.put("a", "1", 5);
    }
    map.put("b", "2", 5);
    assertEquals(some("1"), map.find("a"));
    assertEquals(some("2"), map.find("b"));
  }

  @Test
  void valueRemoved_leavesItsRoom() {
    String first = "1";
    map.put("a", first, 10);
    map.remove("a", "another");
    assertEquals(some(first), map.find("a"));
    map.remove("a", first);
    assertEquals(Optional.empty(), map.find("a"));
    map.put("b", "2", 10);
    assertEquals(some("2"), map.find("b"));
  }
}
