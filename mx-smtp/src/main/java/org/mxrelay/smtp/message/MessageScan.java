package org.mxrelay.smtp.message;

import java.io.OutputStream;
import org.mxrelay.smtp.message.MessageFacts.Content;

/** Counts what a message that is written to it will be on the wire, block by block. */
final class MessageScan extends OutputStream {

  private long size;
  private long bareLineEnds;
  private boolean eightBit;
  private int last = -1;

  @Override
  public void write(int octet) {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] block, int from, int length) {
    int to = from + length;
    int i = from;
    while (i < to) {
      int end = Octets.lineEnd(block, i, to);
      if (end > i) {
        // RFC 5321, 2.3.8: a CR or an LF alone goes out as CRLF, one octet more.
        bareLineEnds += last == '\r' ? 1 : 0;
        last = block[end - 1];
      }
      for (i = end; i < to && (block[i] == '\r' || block[i] == '\n'); i++) {
        boolean isPair = last == '\r' && block[i] == '\n';
        boolean isAlone = last == '\r' || block[i] == '\n';
        bareLineEnds += isAlone && !isPair ? 1 : 0;
        last = block[i];
      }
    }
    eightBit |= Octets.isEightBit(block, from, to);
    size += length;
  }

  MessageFacts facts() {
    long ends = bareLineEnds + (last == '\r' ? 1 : 0);
    boolean ended = last == '\r' || last == '\n';
    long wire = size + ends + (ended || size == 0 ? 0 : 2);
    return new MessageFacts(size, wire, eightBit ? Content.EIGHT_BIT : Content.SEVEN_BIT);
  }
}
