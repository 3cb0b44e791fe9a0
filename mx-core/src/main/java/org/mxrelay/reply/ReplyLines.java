package org.mxrelay.reply;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.reply.MalformedReplyException.Fault;

/**
 * Puts replies together from a session's lines: strict in form, since a reply misread by one line
 * shifts every answer after it, and bounded in size, since the server is a stranger.
 *
 * <p>Once it has refused something it refuses everything: nothing after a malformed reply can be
 * trusted to answer what was asked.
 *
 * <p>Confined to the thread that reads the session.
 */
public final class ReplyLines {

  /** The longest line, in octets without its end. RFC 5321, 4.5.3.1.5 says 512; many send more. */
  public static final int MAX_LINE = 2_048;

  /** The most lines of a reply. */
  public static final int MAX_LINES = 128;

  /** The most octets of a reply in all, line ends not counted. */
  public static final int MAX_OCTETS = 65_536;

  private final List<String> texts = new ArrayList<>();
  private int code;
  private int octets;
  private Optional<Fault> broken = Optional.empty();

  /** Ready for the first line of a session's first reply. */
  public ReplyLines() {}

  /**
   * Takes the next line as bytes, read as UTF-8 where it is that and as ISO-8859-1 where not.
   *
   * @param buffer holds the line, without its line feed; a carriage return at its end is dropped
   * @param from the index of the line's first byte
   * @param to the index behind its last one
   * @return the reply, if this line was its last one
   * @throws MalformedReplyException if the line is none of a reply, or one too many
   */
  public Optional<Reply> add(byte[] buffer, int from, int to) throws MalformedReplyException {
    int length = to - from;
    if (length > MAX_LINE + 1) {
      throw refuse(Fault.LINE_TOO_LONG);
    }
    return take(decode(buffer, from, length), length);
  }

  /**
   * Takes the next line as text, one character counted as one octet.
   *
   * @param line the line without its line feed; carriage returns at its end are dropped
   * @return the reply, if this line was its last one
   * @throws MalformedReplyException if the line is none of a reply, or one too many
   */
  public Optional<Reply> add(String line) throws MalformedReplyException {
    return take(line, line.length());
  }

  /** Whether a reply has begun and waits for its last line. */
  public boolean isWithinReply() {
    return !texts.isEmpty();
  }

  private Optional<Reply> take(String raw, int length) throws MalformedReplyException {
    if (broken.isPresent()) {
      throw refuse(broken.get());
    }
    String line = withoutLineEnd(raw);
    check(line, length - (raw.length() - line.length()));
    int lineCode = codeOf(line);
    if (!texts.isEmpty() && lineCode != code) {
      throw refuse(Fault.CODE_CHANGED);
    }
    code = lineCode;
    // RFC 5321, 4.2.1: a bare code ends a reply too. A stray CR inside the text means nothing.
    texts.add(line.length() > 4 ? line.substring(4).replace('\r', ' ') : "");
    return line.length() > 3 && line.charAt(3) == '-' ? Optional.empty() : Optional.of(finish());
  }

  private void check(String line, int length) throws MalformedReplyException {
    octets += length;
    if (length > MAX_LINE) {
      throw refuse(Fault.LINE_TOO_LONG);
    }
    if (octets > MAX_OCTETS) {
      throw refuse(Fault.TOO_LARGE);
    }
    if (texts.size() >= MAX_LINES) {
      throw refuse(Fault.TOO_MANY_LINES);
    }
    if (line.indexOf('\0') >= 0 || line.indexOf('\n') >= 0) {
      throw refuse(Fault.FORBIDDEN_CHARACTER);
    }
  }

  private int codeOf(String line) throws MalformedReplyException {
    if (line.length() < 3 || !isDigit(line.charAt(1)) || !isDigit(line.charAt(2))) {
      throw refuse(Fault.CODE);
    }
    char first = line.charAt(0);
    if (first < '2' || first > '5') {
      throw refuse(Fault.CODE);
    }
    if (line.length() > 3 && line.charAt(3) != ' ' && line.charAt(3) != '-') {
      throw refuse(Fault.SEPARATOR);
    }
    return (first - '0') * 100 + (line.charAt(1) - '0') * 10 + (line.charAt(2) - '0');
  }

  private Reply finish() {
    Reply reply = ReplyText.reply(code, texts);
    texts.clear();
    octets = 0;
    return reply;
  }

  private MalformedReplyException refuse(Fault fault) {
    broken = Optional.of(fault);
    int line = texts.size() + 1;
    texts.clear();
    return new MalformedReplyException(fault, line);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String withoutLineEnd(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\r') {
      end--;
    }
    return line.substring(0, end);
  }

  private static boolean isAscii(byte[] buffer, int from, int length) {
    int all = 0;
    for (int i = from; i < from + length; i++) {
      all |= buffer[i];
    }
    return all >= 0;
  }

  private static String decode(byte[] buffer, int from, int length) {
    if (isAscii(buffer, from, length)) {
      return new String(buffer, from, length, StandardCharsets.ISO_8859_1);
    }
    try {
      // A new decoder reports what is not UTF-8; the String constructor would replace it.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(buffer, from, length))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(buffer, from, length, StandardCharsets.ISO_8859_1);
    }
  }
}
