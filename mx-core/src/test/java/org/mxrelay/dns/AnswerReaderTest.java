package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.Lookup.Outcome;
import org.mxrelay.testkit.ManualClock;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class AnswerReaderTest {

  private static final Question MX = Question.of(new Domain("example.org"), Type.MX);
  private static final Name EXAMPLE = MX.name();
  private static final Name HOST = Name.fromConstantString("mx.example.org.");
  private static final Name FOREIGN = Name.fromConstantString("foreign.invalid.");

  private final AnswerReader reader =
      new AnswerReader(
          new TtlRange(Duration.ofSeconds(5), Duration.ofDays(1)), ManualClock.at(Clients.START));

  private static Message response(Record... answers) {
    Message message = new Message(1);
    message.getHeader().setFlag(Flags.QR);
    message.addRecord(Record.newRecord(EXAMPLE, Type.MX, DClass.IN), Section.QUESTION);
    for (Record record : answers) {
      message.addRecord(record, Section.ANSWER);
    }
    return message;
  }

  private static Record mx(Name owner, int dclass, long ttl, Name target) {
    return new MXRecord(owner, dclass, ttl, 10, target);
  }

  private Lookup read(Message message) {
    return assertInstanceOf(Reading.Answer.class, reader.read(MX, message, true)).lookup();
  }

  private String trouble(Message message) {
    return assertInstanceOf(Reading.Trouble.class, reader.read(MX, message, true)).words();
  }

  @Test
  void foreignRecords_areIgnored() {
    Lookup lookup =
        read(
            response(
                mx(FOREIGN, DClass.IN, 1, FOREIGN),
                mx(EXAMPLE, DClass.CH, 1, FOREIGN),
                new CNAMERecord(FOREIGN, DClass.IN, 1, EXAMPLE),
                new NSRecord(EXAMPLE, DClass.IN, 1, FOREIGN),
                mx(EXAMPLE, DClass.IN, 300, HOST)));
    assertEquals(List.of(mx(EXAMPLE, DClass.IN, 300, HOST)), lookup.records());
    assertEquals(Clients.START.plusSeconds(300), lookup.validUntil());
  }

  @Test
  void onlyForeignRecords_areNoData() {
    assertEquals(Outcome.NO_DATA, read(response(mx(FOREIGN, DClass.IN, 1, HOST))).outcome());
  }

  @Test
  void aliasOfAnotherName_doesNotRedirect() {
    Lookup lookup =
        read(
            response(
                new CNAMERecord(HOST, DClass.IN, 300, FOREIGN),
                mx(FOREIGN, DClass.IN, 300, FOREIGN)));
    assertEquals(Outcome.NO_DATA, lookup.outcome());
    assertEquals(List.of(), lookup.aliases());
  }

  @Test
  void aliasesInAnyOrder_areFollowed() {
    Lookup lookup =
        read(
            response(
                mx(FOREIGN, DClass.IN, 90, HOST),
                new CNAMERecord(HOST, DClass.IN, 60, FOREIGN),
                new CNAMERecord(EXAMPLE, DClass.IN, 300, HOST)));
    assertEquals(List.of(HOST, FOREIGN), lookup.aliases());
    assertEquals(Outcome.FOUND, lookup.outcome());
    assertEquals(Clients.START.plusSeconds(60), lookup.validUntil());
  }

  @Test
  void soaOfAForeignZone_saysNothing() {
    Message message = response();
    message.getHeader().setRcode(Rcode.NXDOMAIN);
    message.addRecord(
        new SOARecord(FOREIGN, DClass.IN, 600, HOST, HOST, 1, 2, 3, 4, 600), Section.AUTHORITY);
    assertEquals(Clients.START.plusSeconds(5), read(message).validUntil());
  }

  @Test
  void referral_isTrouble() {
    Message message = response();
    message.addRecord(new NSRecord(EXAMPLE, DClass.IN, 1, HOST), Section.AUTHORITY);
    assertEquals("referral to other servers", trouble(message));
  }

  @Test
  void recordsBesideNxdomain_areTrouble() {
    Message message = response(mx(EXAMPLE, DClass.IN, 300, HOST));
    message.getHeader().setRcode(Rcode.NXDOMAIN);
    assertEquals("answer that contradicts itself", trouble(message));
  }

  @Test
  void messageThatIsNoResponse_isTrouble() {
    Message message = response(mx(EXAMPLE, DClass.IN, 300, HOST));
    message.getHeader().unsetFlag(Flags.QR);
    assertEquals("broken or forged answer", trouble(message));
  }

  @Test
  void truncatedResponse_isTrouble() {
    Message message = response(mx(EXAMPLE, DClass.IN, 300, HOST));
    message.getHeader().setFlag(Flags.TC);
    assertEquals("truncated answer", trouble(message));
  }

  @Test
  void topBitOfTheTimeToLive_meansZero() throws IOException {
    byte[] wire = response(mx(EXAMPLE, DClass.IN, 0, HOST)).toWire();
    int ttl = 12 + 13 + 4 + 2 + 4;
    wire[ttl] = (byte) 0x80;
    wire[ttl + 3] = 100;
    assertEquals(Clients.START.plusSeconds(5), read(new Message(wire)).validUntil());
  }

  @ParameterizedTest
  @ValueSource(ints = {Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL})
  void thousandsOfForeignRecords_costNoTime(int section) throws IOException {
    Message message = response(mx(EXAMPLE, DClass.IN, 300, HOST));
    InetAddress forged = InetAddress.getByAddress(new byte[] {6, 6, 6, 6});
    for (int i = 0; i < 30_000; i++) {
      Name owner = Name.fromString("h" + i + ".");
      message.addRecord(new ARecord(owner, DClass.IN, 300 + i, forged), section);
    }
    Lookup lookup = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> read(message));
    assertEquals(1, lookup.records().size());
  }

  @Test
  void mutatedResponses_areReadOrRefused() {
    long seed = Long.getLong("mx.seed", 20260101L);
    Random random = new Random(seed);
    byte[] sound =
        response(new CNAMERecord(EXAMPLE, DClass.IN, 300, HOST), mx(HOST, DClass.IN, 300, FOREIGN))
            .toWire();
    for (int i = 0; i < 3_000; i++) {
      byte[] wire = sound.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        wire[random.nextInt(wire.length)] = (byte) random.nextInt();
      }
      int run = i;
      Message message;
      try {
        message = new Message(wire);
      } catch (IOException e) {
        continue; // dnsjava refuses it, and the client takes that for a broken answer
      }
      Reading reading = reader.read(MX, message, true);
      assertNotNull(reading, () -> "seed " + seed + ", run " + run);
      if (reading instanceof Reading.Answer answer) {
        assertNotNull(MxAnswers.judge(answer.lookup()), () -> "seed " + seed + ", run " + run);
      }
    }
  }
}
