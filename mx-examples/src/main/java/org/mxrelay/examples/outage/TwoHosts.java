package org.mxrelay.examples.outage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.AnswerFacts;
import org.mxrelay.dns.AnswerFacts.Security;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxRecord;
import org.mxrelay.dns.MxResolver;

/**
 * The DNS of the simulation: a domain with a primary, and with a backup unless there is none.
 *
 * <p>Immutable. Safe for use by several threads.
 */
record TwoHosts(Setup setup) implements MxResolver {

  static final Domain DOMAIN = Domain.of("example.org");
  static final Domain PRIMARY = Domain.of("mx.example.org");
  static final Domain BACKUP = Domain.of("backup.example.net");

  private static final AnswerFacts FACTS =
      new AnswerFacts(Instant.MAX, Security.UNAUTHENTICATED, List.of());

  @Override
  public MxAnswer exchanges(Domain domain) {
    List<MxRecord> records = new ArrayList<>();
    records.add(new MxRecord(10, PRIMARY));
    if (setup != Setup.NONE) {
      records.add(new MxRecord(20, BACKUP));
    }
    return new MxAnswer.Exchanges(records, FACTS);
  }

  @Override
  public AddressAnswer addresses(Domain host) {
    byte[] ip = {(byte) 192, 0, 2, (byte) (host.equals(PRIMARY) ? 1 : 2)};
    try {
      return new AddressAnswer.Addresses(List.of(InetAddress.getByAddress(ip)), FACTS);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
