package org.mxrelay.tls;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mxrelay.tls.PolicyAnswer.Policy;
import org.mxrelay.tls.PolicyAnswer.Unusable;
import org.mxrelay.tls.StsPolicy.Mode;

/** A policy as it stands in its file (RFC 8461, 3.2). Stateless. */
final class StsPolicyText {

  /** Octets of a file at most; RFC 8461, 3.3 suggests as many. */
  static final int MOST = 64 * 1024;

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");
  private static final Map<String, Mode> MODES =
      Map.of("enforce", Mode.ENFORCE, "testing", Mode.TESTING, "none", Mode.NONE);

  private StsPolicyText() {}

  static PolicyAnswer read(byte[] octets) {
    if (octets.length > MOST) {
      return new Unusable(
          TlsFailure.STS_POLICY_INVALID, "a policy of more than " + MOST + " octets");
    }
    try {
      return new Policy(policy(Fields.of(new String(octets, StandardCharsets.ISO_8859_1))));
    } catch (IllegalArgumentException e) {
      return new Unusable(TlsFailure.STS_POLICY_INVALID, "bad policy: " + e.getMessage());
    }
  }

  static String write(StsPolicy policy) {
    StringBuilder text = new StringBuilder("version: STSv1\n");
    text.append("mode: ").append(policy.mode().name().toLowerCase(Locale.ROOT)).append('\n');
    policy.mx().forEach(mx -> text.append("mx: ").append(mx).append('\n'));
    return text.append("max_age: ").append(policy.maxAge().toSeconds()).append('\n').toString();
  }

  private static StsPolicy policy(Fields fields) {
    if (!fields.required("version").equals("STSv1")) {
      throw new IllegalArgumentException("version is not STSv1");
    }
    Mode mode = MODES.get(fields.required("mode"));
    if (mode == null) {
      throw new IllegalArgumentException("mode is not enforce, testing or none");
    }
    String seconds = fields.required("max_age");
    if (!SECONDS.matcher(seconds).matches()) {
      throw new IllegalArgumentException("max_age is no number of seconds");
    }
    return new StsPolicy(mode, fields.mx(), Duration.ofSeconds(Long.parseLong(seconds)));
  }

  /**
   * The lines of a policy.
   *
   * @param first the first value of each key; RFC 8461, 3.2: the others are ignored
   * @param mx the one key that may be repeated
   */
  private record Fields(Map<String, String> first, List<String> mx) {

    static Fields of(String text) {
      Fields fields = new Fields(new HashMap<>(), new ArrayList<>());
      for (String line : text.split("\n", -1)) {
        String bare =
            Blanks.trimEnd(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        if (!bare.isEmpty()) {
          fields.add(bare);
        }
      }
      return fields;
    }

    private void add(String line) {
      int colon = line.indexOf(':');
      String key = colon < 0 ? "" : line.substring(0, colon);
      if (!KEY.matcher(key).matches() || line.indexOf('\r') >= 0) {
        throw new IllegalArgumentException("a line that is not key: value");
      }
      String value = Blanks.trim(line.substring(colon + 1));
      if (key.equals("mx")) {
        mx.add(value);
      } else {
        first.putIfAbsent(key, value);
      }
    }

    String required(String key) {
      return Optional.ofNullable(first.get(key))
          .orElseThrow(() -> new IllegalArgumentException("no " + key));
    }
  }
}
