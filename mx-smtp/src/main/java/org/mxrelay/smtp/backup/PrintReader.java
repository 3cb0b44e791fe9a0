package org.mxrelay.smtp.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.message.MessageSource;

/**
 * Reads what makes a message recognizable.
 *
 * <p>Confined to one call.
 */
final class PrintReader {

  private static final String NAME = "message-id:";
  private static final int LONGEST_LINE = 2000;

  private final MessageDigest digest = Keys.sha256();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String id = "";
  private boolean inId;
  private boolean inBody;
  private int last = -1;

  private PrintReader() {}

  /** The print; nothing if the message has no Message-ID. */
  static Optional<MessagePrint> read(ReversePath from, MessageSource message) throws IOException {
    PrintReader reader = new PrintReader();
    byte[] block = new byte[16 * 1024];
    try (InputStream in = message.open()) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        reader.scan(block, n);
      }
    }
    String hash = HexFormat.of().formatHex(reader.digest.digest());
    return Optional.of(reader.id.strip())
        .filter(i -> !i.isEmpty())
        .map(i -> new MessagePrint(from, i, hash));
  }

  private void scan(byte[] block, int length) {
    for (int i = 0; i < length; i++) {
      int c = block[i];
      boolean ends = c == '\r' || (c == '\n' && last != '\r');
      if (inBody) {
        body(c, ends);
      } else if (ends) {
        endLine();
      } else if (c != '\n' && line.size() < LONGEST_LINE) {
        line.write(c);
      }
      last = c;
    }
  }

  /** Line ends count as CRLF, whatever they are: the wire knows no others. */
  private void body(int c, boolean ends) {
    if (ends) {
      digest.update((byte) '\n');
    } else if (c != '\n') {
      digest.update((byte) c);
    }
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.ISO_8859_1);
    line.reset();
    inBody = text.isEmpty();
    boolean folded = text.startsWith(" ") || text.startsWith("\t");
    if (folded && inId) {
      id += text.strip();
    } else {
      inId = id.isEmpty() && text.toLowerCase(Locale.ROOT).startsWith(NAME);
      id = inId ? text.substring(NAME.length()) : id;
    }
  }
}
