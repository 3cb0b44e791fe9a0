package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.dns.AnswerFacts;
import org.mxrelay.dns.TextAnswer;

class StsRecordReaderTest {

  private static final AnswerFacts FACTS =
      new AnswerFacts(Instant.EPOCH, AnswerFacts.Security.UNAUTHENTICATED, List.of());

  private static StsRecord read(String... texts) {
    return StsRecordReader.read(new TextAnswer.Texts(Arrays.asList(texts), FACTS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=STSv1; id=20160831085700Z;                    | 20160831085700Z
          v=STSv1;id=1                                    | 1
          v=STSv1; id=abc                                 | abc
          v=STSv1; ext=value; id=9                        | 9
          v=STSv1; id=first; id=second                    | first
          v=STSv1; id=1; a_b-c.d=!#$:<>~                  | 1
          v=STSv1; id=01234567890123456789012345678901    | 01234567890123456789012345678901
          """)
  void goodRecord_hasItsId(String text, String id) {
    assertEquals(new StsRecord.Present(id), read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=STSv1;",
        "v=STSv1; ",
        "v=STSv1; id=",
        "v=STSv1; id=with-hyphen",
        "v=STSv1; id=012345678901234567890123456789012",
        "v=STSv1; id = 1",
        "v=STSv1; id=1; ; x=y",
        "v=STSv1; id=1; noValue",
        "v=STSv1; id=1; x=",
        "v=STSv1; id=1; x=a=b",
        "v=STSv1; id=1; x=a b",
        "v=STSv1; id=1\n",
        "v=STSv1; ID=1",
        "V=STSv1; id=1",
        "v=stsv1; id=1",
        "v=STSv1 ; id=1",
        " v=STSv1; id=1",
        "v=STSv11; id=1",
        "id=1; v=STSv1;",
        "v=spf1 -all",
        ""
      })
  void badRecord_isAbsent(String text) {
    assertInstanceOf(StsRecord.Absent.class, read(text));
  }

  @Test
  void recordsOfOthers_areNotCounted() {
    assertEquals(new StsRecord.Present("7"), read("v=spf1 -all", "v=STSv1; id=7", "v=STSv2; id=8"));
  }

  @Test
  void twoRecords_areAbsentEvenIfTheyAgree() {
    assertInstanceOf(StsRecord.Absent.class, read("v=STSv1; id=7", "v=STSv1; id=7"));
  }

  @Test
  void longBlanks_costNothing() {
    String blanks = " ".repeat(60_000);
    assertEquals(new StsRecord.Present("7"), read("v=STSv1;" + blanks + "id=7" + blanks));
  }

  @Test
  void noText_isAbsentAndNoAnswerIsUnknown() {
    assertInstanceOf(StsRecord.Absent.class, StsRecordReader.read(new TextAnswer.NoText(FACTS)));
    assertEquals(
        new StsRecord.Unknown("SERVFAIL"),
        StsRecordReader.read(new TextAnswer.Unresolved("SERVFAIL", FACTS)));
  }
}
