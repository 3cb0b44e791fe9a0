package org.mxrelay.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Makes the answer to a question, faults and all; sends nothing. */
final class Responder {

  /** What becomes of a TCP connection after the answer. */
  enum End {
    KEEP,
    RESET,
    CUT
  }

  /** An answer's bytes, how late it goes out, and what becomes of the connection. */
  record Answer(byte[] wire, Duration delay, End end) {}

  private static final int SIZE_WITHOUT_EDNS = 512; // RFC 1035, 2.3.4
  private static final int OUR_UDP_SIZE = 1232;
  private static final int LARGEST = 65_535;

  private Responder() {}

  static DnsQuery describe(Message query, DnsQuery.Transport transport) {
    Record question = query.getQuestion();
    String name = FaultBook.canonical(question.getName().toString());
    return new DnsQuery(name, Type.string(question.getType()), transport, query.getOPT() != null);
  }

  static Optional<Answer> respond(
      Message query, DnsQuery described, Zone zone, FaultBook.Struck faults) throws IOException {
    if (faults.has(Fault.Kind.DROP)) {
      return Optional.empty();
    }
    boolean udp = described.transport() == DnsQuery.Transport.UDP;
    Message answer = compose(query, zone, faults);
    byte[] wire = udp ? fit(query, answer, faults) : answer.toWire(LARGEST);
    wire = spoil(wire, faults);
    return Optional.of(new Answer(wire, delayOf(faults), udp ? End.KEEP : endOf(faults)));
  }

  private static Message compose(Message query, Zone zone, FaultBook.Struck faults)
      throws IOException {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.AA);
    answer.getHeader().setFlag(Flags.RA);
    if (query.getHeader().getFlag(Flags.RD)) {
      answer.getHeader().setFlag(Flags.RD);
    }
    if (faults.has(Fault.Kind.AUTHENTICATED)) {
      answer.getHeader().setFlag(Flags.AD);
    }
    answer.addRecord(
        faults.has(Fault.Kind.WRONG_QUESTION) ? another(question) : question, Section.QUESTION);
    int refusal = refusal(query, faults);
    if (refusal == Rcode.NOERROR) {
      fill(answer, question, zone, faults);
    } else {
      answer.getHeader().setRcode(refusal);
    }
    if (query.getOPT() != null && !faults.has(Fault.Kind.FORMERR_TO_EDNS)) {
      answer.addRecord(new OPTRecord(OUR_UDP_SIZE, 0, 0), Section.ADDITIONAL);
    }
    return answer;
  }

  private static int refusal(Message query, FaultBook.Struck faults) {
    if (faults.has(Fault.Kind.SERVFAIL)) {
      return Rcode.SERVFAIL;
    } else if (faults.has(Fault.Kind.REFUSED)) {
      return Rcode.REFUSED;
    } else if (faults.has(Fault.Kind.NOTIMP)) {
      return Rcode.NOTIMP;
    } else if (faults.has(Fault.Kind.FORMERR)) {
      return Rcode.FORMERR;
    }
    boolean edns = query.getOPT() != null;
    return edns && faults.has(Fault.Kind.FORMERR_TO_EDNS) ? Rcode.FORMERR : Rcode.NOERROR;
  }

  private static void fill(Message answer, Record question, Zone zone, FaultBook.Struck faults)
      throws IOException {
    Zone.Found found =
        zone.find(question.getName(), question.getType(), !faults.has(Fault.Kind.ALIAS_ONLY));
    answer.getHeader().setRcode(found.rcode());
    List<Record> answers = new ArrayList<>(found.answer());
    if (faults.has(Fault.Kind.FOREIGN_RECORDS)) {
      List<Record> foreign = foreign(question.getName());
      answers.addAll(0, foreign);
      foreign.forEach(r -> answer.addRecord(r, Section.AUTHORITY));
      foreign.forEach(r -> answer.addRecord(r, Section.ADDITIONAL));
    }
    answers.forEach(r -> answer.addRecord(r, Section.ANSWER));
    if (!faults.has(Fault.Kind.WITHOUT_SOA)) {
      found.authority().forEach(r -> answer.addRecord(r, Section.AUTHORITY));
    }
  }

  private static Record another(Record question) throws IOException {
    Name name = Name.fromString("other.invalid.");
    return Record.newRecord(name, question.getType(), question.getDClass());
  }

  private static List<Record> foreign(Name asked) throws IOException {
    Name evil = Name.fromString("evil.foreign.invalid.");
    byte[] address = {6, 6, 6, 6};
    return List.of(
        new MXRecord(evil, DClass.IN, 300, 0, evil),
        new ARecord(evil, DClass.IN, 300, InetAddress.getByAddress(address)),
        new MXRecord(asked, DClass.CH, 300, 0, evil),
        new ARecord(asked, DClass.CH, 300, InetAddress.getByAddress(address)));
  }

  /** Makes an answer fit what the client can take over UDP (RFC 6891, 6.2.3). */
  private static byte[] fit(Message query, Message answer, FaultBook.Struck faults) {
    byte[] wire = answer.toWire(LARGEST);
    int size =
        query.getOPT() == null
            ? SIZE_WITHOUT_EDNS
            : Math.max(SIZE_WITHOUT_EDNS, query.getOPT().getPayloadSize());
    return wire.length <= size && !isCut(faults) ? wire : truncated(answer).toWire(size);
  }

  private static boolean isCut(FaultBook.Struck faults) {
    return faults.has(Fault.Kind.TRUNCATE)
        || faults.has(Fault.Kind.REFUSE_TCP)
        || faults.has(Fault.Kind.CUT_TCP);
  }

  private static Message truncated(Message answer) {
    Message cut = new Message(answer.getHeader().getID());
    for (int flag : new int[] {Flags.QR, Flags.AA, Flags.RA, Flags.RD}) {
      if (answer.getHeader().getFlag(flag)) {
        cut.getHeader().setFlag(flag);
      }
    }
    cut.getHeader().setFlag(Flags.TC);
    cut.getHeader().setRcode(answer.getHeader().getRcode());
    cut.addRecord(answer.getQuestion(), Section.QUESTION);
    return cut;
  }

  private static byte[] spoil(byte[] wire, FaultBook.Struck faults) {
    byte[] spoilt = wire;
    if (faults.has(Fault.Kind.GARBAGE)) {
      spoilt = new byte[40];
      Arrays.fill(spoilt, (byte) 0xC0);
    }
    if (faults.has(Fault.Kind.WRONG_ID)) {
      spoilt = spoilt.clone();
      spoilt[1] ^= 0x55;
    }
    for (Fault fault : faults.faults()) {
      spoilt = fault.mangler.apply(spoilt);
    }
    return spoilt;
  }

  private static Duration delayOf(FaultBook.Struck faults) {
    return faults.faults().stream().map(f -> f.delay).reduce(Duration.ZERO, Duration::plus);
  }

  private static End endOf(FaultBook.Struck faults) {
    if (faults.has(Fault.Kind.REFUSE_TCP)) {
      return End.RESET;
    }
    return faults.has(Fault.Kind.CUT_TCP) ? End.CUT : End.KEEP;
  }
}
