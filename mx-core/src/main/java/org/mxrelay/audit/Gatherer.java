package org.mxrelay.audit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxRecord;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.dns.ZoneInspector;
import org.mxrelay.tls.Dane;
import org.mxrelay.tls.DaneStatus;
import org.mxrelay.tls.MtaSts;
import org.mxrelay.tls.StsStatus;

/**
 * Asks for all that the rules want to know of a domain, and judges nothing. Thread-safe.
 *
 * @param resolver answers as it would for a sender
 * @param zones tell what is published
 * @param sts looks for policies, if they are wanted
 * @param dane looks for TLSA records, if they are wanted
 * @param prober speaks to the exchanges, if that is wanted
 * @param clock tells when it was
 */
record Gatherer(
    MxResolver resolver,
    ZoneInspector zones,
    Optional<MtaSts> sts,
    Optional<DaneLook> dane,
    Optional<Prober> prober,
    InstantSource clock) {

  /** Exchanges looked at, at most: a zone may name thousands. */
  static final int MOST_EXCHANGES = 20;

  MxPicture gather(Domain domain) throws InterruptedException {
    MxAnswer answer = resolver.exchanges(domain);
    List<MxRecord> records = records(domain, answer);
    List<MxRecord> seen = records.subList(0, Math.min(MOST_EXCHANGES, records.size()));
    List<ExchangePicture> exchanges = new ArrayList<>();
    for (MxRecord record : seen) {
      exchanges.add(exchange(domain, record));
    }
    Optional<StsStatus> status =
        sts.isPresent() ? Optional.of(sts.get().status(domain)) : Optional.empty();
    return new MxPicture(
        domain,
        clock.instant(),
        answer,
        zones.exchanges(domain),
        exchanges,
        records.size() - seen.size(),
        status);
  }

  /** Those that a sender would try; the domain itself where there is no MX record. */
  private static List<MxRecord> records(Domain domain, MxAnswer answer) {
    return answer.fold(
        new MxAnswer.Cases<>(
            MxAnswer.Exchanges::records,
            // RFC 5321, 5.1: the domain is its own exchange, of preference 0.
            none -> List.of(new MxRecord(0, domain)),
            nullMx -> List.of(),
            nowhere -> List.of(),
            unknown -> List.of()));
  }

  private ExchangePicture exchange(Domain domain, MxRecord record) throws InterruptedException {
    ExchangePicture picture =
        new ExchangePicture(
            record.preference(),
            record.exchange(),
            resolver.addresses(record.exchange()),
            zones.alias(record.exchange()),
            dane(domain, record.exchange()),
            List.of());
    return prober.isPresent() ? prober.get().probed(domain, picture) : picture;
  }

  private Optional<DaneStatus> dane(Domain domain, Domain exchange) throws InterruptedException {
    return dane.isPresent() ? Optional.of(dane.get().status(domain, exchange)) : Optional.empty();
  }

  /** Looks for the TLSA records of exchanges that listen at a port. Thread-safe. */
  record DaneLook(Dane dane, int port) {
    DaneStatus status(Domain domain, Domain exchange) throws InterruptedException {
      return dane.status(domain, exchange, port);
    }
  }
}
