package org.mxrelay.smtp.backup.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * One packet of the milter protocol: a letter, and what belongs to it.
 *
 * <p>Immutable, as long as nobody changes the array.
 */
final class MilterPacket {

  // What we send.
  static final char NEGOTIATE = 'O';
  static final char MACRO = 'D';
  static final char CONNECT = 'C';
  static final char HELO = 'H';
  static final char MAIL = 'M';
  static final char RCPT = 'R';
  static final char DATA = 'T';
  static final char HEADER = 'L';
  static final char END_OF_HEADER = 'N';
  static final char BODY = 'B';
  static final char END_OF_BODY = 'E';
  static final char QUIT = 'Q';

  // What we are told.
  static final char CONTINUE = 'c';
  static final char ACCEPT = 'a';
  static final char REJECT = 'r';
  static final char TEMPFAIL = 't';
  static final char DISCARD = 'd';
  static final char REPLY_CODE = 'y';
  static final char SKIP = 's';
  static final char PROGRESS = 'p';
  static final char CONNECTION_FAILURE = 'f';
  static final char SHUTDOWN = '4';
  static final char ADD_HEADER = 'h';
  static final char INSERT_HEADER = 'i';
  static final char QUARANTINE = 'q';

  private final char code;
  private final byte[] data;

  /**
   * @param code the command, or the reply
   * @param data all that follows the letter
   */
  MilterPacket(char code, byte[] data) {
    this.code = code;
    this.data = data;
  }

  char code() {
    return code;
  }

  byte[] data() {
    return data;
  }

  /** A packet of strings, each with a NUL behind it. */
  static MilterPacket of(char code, String... strings) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String one : strings) {
      data.writeBytes(text(one));
    }
    return new MilterPacket(code, data.toByteArray());
  }

  /** A string with a NUL behind it, and none in it. */
  static byte[] text(String string) {
    return (string.replace("\0", "") + "\0").getBytes(UTF_8);
  }

  /** The strings from that octet on; the last one may lack its NUL. */
  String[] strings(int from) {
    int start = Math.min(from, data.length);
    return new String(data, start, data.length - start, UTF_8).split("\0", -1);
  }
}
