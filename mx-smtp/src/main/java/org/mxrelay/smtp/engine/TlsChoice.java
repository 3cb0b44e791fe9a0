package org.mxrelay.smtp.engine;

import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;
import org.mxrelay.tls.TlsPlan;
import org.mxrelay.tls.Vouching;

/**
 * Which TLS a session is asked for, and when plaintext follows where opportunistic TLS fails.
 *
 * <p>Immutable. Pure.
 *
 * @param floor what every session must have at least
 * @param plan what the destination wants beyond that
 */
record TlsChoice(TlsDemand floor, TlsPlan plan) {

  /** Plaintext, after opportunistic TLS failed with that exchange (RFC 7435, 3). */
  static final TlsDemand PLAINTEXT = new TlsDemand(Level.NONE, "opportunistic TLS failed");

  /** RFC 8689, 7.3. */
  private static final EnhancedStatusCode NEVER = new EnhancedStatusCode(5, 7, 30);

  private static final EnhancedStatusCode LATER = new EnhancedStatusCode(4, 7, 30);

  TlsDemand demand(Delivery delivery, Route route) {
    TlsDemand usual = plan.demand(route, floor);
    return requires(delivery, route) ? usual.atLeast(TlsDemand.REQUIRETLS) : usual;
  }

  /** Why a message whose sender requires TLS cannot go this way (RFC 8689, 4.2.1). */
  Optional<Lacking> objection(Delivery delivery, Route route) {
    Vouching vouching = plan.vouching(route);
    if (!requires(delivery, route) || vouching == Vouching.VOUCHED) {
      return Optional.empty();
    }
    String who = vouching == Vouching.UNKNOWN ? "could be asked now whether" : "says that";
    String why =
        "the message needs REQUIRETLS, and neither DNSSEC nor MTA-STS "
            + who
            + " this is the destination's exchange";
    return Optional.of(new Lacking(Stage.MAIL, vouching == Vouching.UNKNOWN ? LATER : NEVER, why));
  }

  private boolean requires(Delivery delivery, Route route) {
    if (delivery.options().tls() != SenderTls.REQUIRED) {
      return false;
    }
    // RFC 8689, 5: a report is not lost for want of TLS. It gets one attempt as strict as the
    // message that it is about, where that can succeed at all.
    boolean report = !(delivery.reversePath() instanceof Mailbox);
    return !report || (delivery.attempts() == 0 && plan.vouching(route) == Vouching.VOUCHED);
  }

  /** Marks what was heard where TLS failed that nobody demanded. */
  static Heard mark(TlsDemand used, Heard heard) {
    boolean failed =
        heard
            .diagnostic()
            .stage()
            .filter(stage -> stage == Stage.STARTTLS || stage == Stage.TLS)
            .isPresent();
    return failed && used.level() == Level.OPPORTUNISTIC ? heard.as(Answer.OPTIONAL_TLS) : heard;
  }

  /**
   * Whether plaintext is due with the same address over a new connection. Not in the first attempt,
   * in which an equal exchange may do better; whoever breaks TLS must do so for longer than that.
   */
  static boolean wantsPlaintext(Heard heard, Delivery delivery) {
    return heard.answer() == Answer.OPTIONAL_TLS && delivery.attempts() > 0;
  }
}
