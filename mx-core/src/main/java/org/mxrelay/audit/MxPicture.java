package org.mxrelay.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxPublication;
import org.mxrelay.tls.StsStatus;

/**
 * All that was gathered of a domain before it is judged.
 *
 * <p>Immutable.
 *
 * @param domain whose mail it is about
 * @param at when it was gathered
 * @param answer its exchanges, as a sender would find them
 * @param published its MX records as the zone has them
 * @param exchanges what was found of each exchange, by preference; of the domain itself where it
 *     has no MX record
 * @param unseen how many further exchanges there are, which nobody looked at
 * @param sts what became of its MTA-STS policy; nothing if nobody looked for one
 */
public record MxPicture(
    Domain domain,
    Instant at,
    MxAnswer answer,
    MxPublication published,
    List<ExchangePicture> exchanges,
    int unseen,
    Optional<StsStatus> sts) {

  public MxPicture {
    exchanges = List.copyOf(exchanges);
  }

  /** The exchanges that MX records name; none where the domain is its own exchange. */
  public List<ExchangePicture> named() {
    return answer instanceof MxAnswer.Exchanges ? exchanges : List.of();
  }

  /** Those of the named exchanges that are tried first. */
  public List<ExchangePicture> best() {
    return named().stream().filter(e -> e.preference() == bestPreference()).toList();
  }

  /** Those of the named exchanges that are tried only when a better one cannot be had. */
  public List<ExchangePicture> backups() {
    return named().stream().filter(e -> e.preference() > bestPreference()).toList();
  }

  /** The provider that runs all of the named exchanges, if it is one. */
  public Optional<String> provider() {
    Optional<String> first = named().stream().findFirst().flatMap(ExchangePicture::provider);
    return first.filter(p -> named().stream().allMatch(e -> e.provider().equals(first)));
  }

  private int bestPreference() {
    return named().stream().mapToInt(ExchangePicture::preference).min().orElse(0);
  }
}
