package org.mxrelay.tls;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mxrelay.dns.TextAnswer;

/** Reads the TXT record by which a domain says that it has a policy (RFC 8461, 3.1). Stateless. */
final class StsRecordReader {

  private static final String BEGINNING = "v=STSv1;";
  private static final String ID = "id=";
  private static final Pattern ID_VALUE = Pattern.compile("[A-Za-z0-9]{1,32}");
  private static final Pattern EXTENSION =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[\\x21-\\x3a\\x3c\\x3e-\\x7e]+");

  private StsRecordReader() {}

  static StsRecord read(TextAnswer answer) {
    return answer.fold(
        texts -> among(texts.texts()),
        none -> new StsRecord.Absent("no TXT record"),
        unresolved -> new StsRecord.Unknown(unresolved.why()));
  }

  /** Whether somebody meant to announce a policy, well-formed or not. */
  static boolean isClaimed(TextAnswer answer) {
    return answer.fold(
        texts -> texts.texts().stream().anyMatch(StsRecordReader::meansToAnnounce),
        none -> false,
        unresolved -> false);
  }

  private static boolean meansToAnnounce(String text) {
    String claim = "v=STSv";
    return Blanks.trim(text).regionMatches(true, 0, claim, 0, claim.length());
  }

  private static StsRecord among(List<String> texts) {
    // RFC 8461, 3.1: records that begin otherwise are not counted; of the others there must be one.
    List<String> ours = texts.stream().filter(t -> t.startsWith(BEGINNING)).toList();
    if (ours.isEmpty()) {
      return new StsRecord.Absent("no TXT record that begins with " + BEGINNING);
    } else if (ours.size() > 1) {
      return new StsRecord.Absent(ours.size() + " TXT records that begin with " + BEGINNING);
    }
    return fields(ours.get(0).substring(BEGINNING.length()).split(";", -1));
  }

  private static StsRecord fields(String[] fields) {
    Optional<String> id = Optional.empty();
    for (int i = 0; i < fields.length; i++) {
      String field = Blanks.trim(fields[i]);
      boolean behindTheLast = field.isEmpty() && i == fields.length - 1;
      if (field.startsWith(ID)) {
        String value = field.substring(ID.length());
        if (!ID_VALUE.matcher(value).matches()) {
          return new StsRecord.Absent("an id that is not 1 to 32 letters and digits");
        }
        id = id.isPresent() ? id : Optional.of(value);
      } else if (!behindTheLast && !EXTENSION.matcher(field).matches()) {
        return new StsRecord.Absent("a field that is not name=value");
      }
    }
    return id.<StsRecord>map(StsRecord.Present::new)
        .orElseGet(() -> new StsRecord.Absent("a TXT record without an id"));
  }
}
