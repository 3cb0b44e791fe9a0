package org.mxrelay.smtp.backup.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The other side of the milter protocol, which answers each command as a test says. */
final class FakeMilter {

  private final Map<Character, List<MilterPacket>> answers = new HashMap<>();
  private int version = 6;
  private int protocol;

  FakeMilter answers(char command, MilterPacket... packets) {
    answers.put(command, List.of(packets));
    return this;
  }

  /** What it leaves out, and what it leaves unanswered. */
  FakeMilter protocol(int bits) {
    protocol = bits;
    return this;
  }

  FakeMilter version(int spoken) {
    version = spoken;
    return this;
  }

  /** Serves a conversation to its end, and gives the commands that it heard. */
  List<String> serve(Socket connection) throws IOException {
    DataInputStream in = new DataInputStream(connection.getInputStream());
    DataOutputStream out = new DataOutputStream(connection.getOutputStream());
    List<String> heard = new ArrayList<>();
    char code = ' ';
    while (code != MilterPacket.QUIT) {
      byte[] packet = new byte[readLength(in)];
      in.readFully(packet);
      code = (char) packet[0];
      heard.add(new String(packet, UTF_8).replace('\0', '|'));
      for (MilterPacket answer : answersTo(code)) {
        out.writeInt(answer.data().length + 1);
        out.writeByte(answer.code());
        out.write(answer.data());
      }
    }
    return heard;
  }

  private static int readLength(DataInputStream in) throws IOException {
    return in.readInt();
  }

  private List<MilterPacket> answersTo(char code) {
    if (code == MilterPacket.NEGOTIATE) {
      byte[] data = ByteBuffer.allocate(12).putInt(version).putInt(1).putInt(protocol).array();
      return answers.getOrDefault(code, List.of(new MilterPacket(code, data)));
    }
    boolean silent = code == MilterPacket.MACRO || code == MilterPacket.QUIT;
    return answers.getOrDefault(
        code, silent ? List.of() : List.of(MilterPacket.of(MilterPacket.CONTINUE)));
  }
}
