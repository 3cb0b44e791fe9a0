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
 * A domain for each letter, {@code l7.example}, with addresses of its own for the same two hosts:
 * so that one engine is as many senders, none of which learns from another's attempts.
 */
record EveryoneApart(Setup setup) implements MxResolver {

  private static final AnswerFacts FACTS =
      new AnswerFacts(Instant.MAX, Security.UNAUTHENTICATED, List.of());

  static String domain(Letter letter) {
    return "l" + letter.number() + ".example";
  }

  @Override
  public MxAnswer exchanges(Domain domain) {
    List<MxRecord> records = new ArrayList<>();
    records.add(new MxRecord(10, Domain.of("mx." + domain)));
    if (setup != Setup.NONE) {
      records.add(new MxRecord(20, Domain.of("backup." + domain)));
    }
    return new MxAnswer.Exchanges(records, FACTS);
  }

  @Override
  public AddressAnswer addresses(Domain host) {
    String[] labels = host.name().split("\\.");
    int number = Integer.parseInt(labels[1].substring(1));
    byte[] ip = {9, (byte) (number >> 8), (byte) number, (byte) (labels[0].equals("mx") ? 1 : 2)};
    try {
      return new AddressAnswer.Addresses(List.of(InetAddress.getByAddress(ip)), FACTS);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
