package org.mxrelay.smtp.client;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.Recipient;

/**
 * What a peer says of its limits (RFC 9422). Values that make no sense limit nothing.
 *
 * <p>Immutable.
 *
 * @param mailMax transactions of a session
 * @param rcptMax recipients of a transaction
 * @param rcptDomainMax different domains of a transaction's recipients
 */
record TransactionLimits(OptionalInt mailMax, OptionalInt rcptMax, OptionalInt rcptDomainMax) {

  /** Nothing is said of limits, as nearly always. */
  static final TransactionLimits NONE =
      new TransactionLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  // RFC 9422, 3: up to six digits, without a zero in front.
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");

  /** As the words behind the keyword LIMITS say. */
  static TransactionLimits parse(String words) {
    if (words.isEmpty()) {
      return NONE;
    }
    List<String> all = List.of(words.strip().split("\\s+"));
    return new TransactionLimits(
        value(all, "MAILMAX="), value(all, "RCPTMAX="), value(all, "RCPTDOMAINMAX="));
  }

  private static OptionalInt value(List<String> words, String name) {
    return words.stream()
        .filter(word -> word.regionMatches(true, 0, name, 0, name.length()))
        .map(word -> word.substring(name.length()))
        .filter(value -> NUMBER.matcher(value).matches())
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  /** Those of the recipients who can be in one transaction, in order. */
  List<Recipient> first(List<Recipient> recipients) {
    Set<Destination> domains = new HashSet<>();
    return recipients.stream()
        .filter(r -> isRoomFor(r.mailbox().destination(), domains))
        .limit(rcptMax.orElse(Integer.MAX_VALUE))
        .toList();
  }

  private boolean isRoomFor(Destination domain, Set<Destination> domains) {
    if (domains.contains(domain)) {
      return true;
    }
    return domains.size() < rcptDomainMax.orElse(Integer.MAX_VALUE) && domains.add(domain);
  }

  /** Whether a session may have one transaction more than so many. */
  boolean allowsAfter(int transactions) {
    return transactions < mailMax.orElse(Integer.MAX_VALUE);
  }
}
