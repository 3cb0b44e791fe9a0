package org.mxrelay.examples.outage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which senders a domain's wanted mail comes from.
 *
 * <p>Immutable.
 *
 * @param shares at least one, with weights of more than zero in all
 */
public record Mix(List<Share> shares) {

  /**
   * The default: an assumption, since nobody publishes it. Half of it comes from hosts that follow
   * RFC 5321's advice of four to five days, a third from Exchange Online, the rest from services
   * and devices that give up earlier.
   */
  public static final Mix STANDARD =
      parse(
          "postfix=35,exim=10,exchange-online=30,exchange-server=5,bulk-72h=11,api-8h=8,script=1");

  /**
   * @throws IllegalArgumentException if nobody sends, or a weight is negative
   */
  public Mix {
    shares = List.copyOf(shares);
    if (shares.stream().anyMatch(s -> s.weight() < 0) || total(shares) <= 0) {
      throw new IllegalArgumentException("weights of a mix: " + shares);
    }
  }

  /** A kind of sender and its weight. */
  public record Share(SenderKind sender, double weight) {}

  /**
   * Reads {@code postfix=50,exchange-online=50}.
   *
   * @throws IllegalArgumentException if it cannot be read, naming the part that is wrong
   */
  public static Mix parse(String text) {
    List<Share> shares = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int at = part.indexOf('=');
      shares.add(new Share(sender(part.substring(0, Math.max(at, 0)), part), weight(part, at)));
    }
    return new Mix(shares);
  }

  private static SenderKind sender(String name, String part) {
    return SenderKinds.ALL.stream()
        .filter(s -> s.name().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + part + "' is not SENDER=WEIGHT; senders: " + names()));
  }

  private static String names() {
    return String.join(", ", SenderKinds.ALL.stream().map(SenderKind::name).toList());
  }

  private static double weight(String part, int at) {
    try {
      return Double.parseDouble(part.substring(at + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + part + "' has no weight", e);
    }
  }

  /** The sender at a place from 0 to 1 of the mix. */
  SenderKind at(double place) {
    double left = place * total(shares);
    for (Share share : shares) {
      left -= share.weight();
      if (left < 0) {
        return share.sender();
      }
    }
    return shares.get(shares.size() - 1).sender();
  }

  /** Its part of all wanted mail, 0 to 1. */
  public double part(Share share) {
    return share.weight() / total(shares);
  }

  private static double total(List<Share> shares) {
    return shares.stream().mapToDouble(Share::weight).sum();
  }
}
