package org.mxrelay.smtp.message;

import org.mxrelay.smtp.message.MessageFacts.Content;

/** Counts what a message will be on the wire, block by block. */
final class MessageScan {

  private long size;
  private long bareLineEnds;
  private int union;
  private int last = -1;

  void read(byte[] block, int length) {
    for (int i = 0; i < length; i++) {
      int b = block[i] & 0xff;
      union |= b;
      // RFC 5321, 2.3.8: a CR or an LF alone goes out as CRLF, one octet more.
      if (b == '\n' && last != '\r') {
        bareLineEnds++;
      } else if (b != '\n' && last == '\r') {
        bareLineEnds++;
      }
      last = b;
    }
    size += length;
  }

  MessageFacts facts() {
    long ends = bareLineEnds + (last == '\r' ? 1 : 0);
    boolean ended = last == '\r' || last == '\n';
    long wire = size + ends + (ended || size == 0 ? 0 : 2);
    return new MessageFacts(size, wire, union > 0x7f ? Content.EIGHT_BIT : Content.SEVEN_BIT);
  }
}
