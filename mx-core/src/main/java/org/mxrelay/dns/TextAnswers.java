package org.mxrelay.dns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;

/** Judges what a lookup of TXT records means. Stateless. */
final class TextAnswers {

  private TextAnswers() {}

  static TextAnswer judge(Lookup lookup) {
    AnswerFacts facts = lookup.facts(List.of());
    return switch (lookup.outcome()) {
      case FOUND ->
          new TextAnswer.Texts(lookup.records().stream().map(TextAnswers::text).toList(), facts);
      case NO_DATA, NO_NAME -> new TextAnswer.NoText(facts);
      case ALIAS, UNRESOLVED -> new TextAnswer.Unresolved(lookup.why(), facts);
    };
  }

  /** RFC 1035, 3.3.14: a record has several strings only because each is short. */
  private static String text(Record record) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    ((TXTRecord) record).getStringsAsByteArrays().forEach(joined::writeBytes);
    return joined.toString(StandardCharsets.ISO_8859_1);
  }
}
