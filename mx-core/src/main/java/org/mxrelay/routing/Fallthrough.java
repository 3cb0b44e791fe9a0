package org.mxrelay.routing;

import java.util.List;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.reply.Verdict;

/**
 * Decides whether a refused recipient goes on to another exchange: the one place that does.
 *
 * <p>A backup MX is for a primary that is <em>unavailable</em>. What the reply speaks of decides:
 * the exchange, or the message and its recipient.
 *
 * <p>Immutable. Pure: the same question gets the same answer.
 */
public enum Fallthrough {
  /**
   * An exchange that is unavailable is passed over. A refusal that speaks of the message or its
   * recipient stays among exchanges of the same preference, until the last quarter of the message's
   * life.
   */
  STANDARD,
  /** Any transient refusal goes on to any exchange, as Postfix does. */
  ANY,
  /** Only an exchange with which no session came about is passed over. */
  NONE;

  /**
   * What was answered, and which route comes next.
   *
   * @param stage where the session stood
   * @param answer whether a reply came, and of which kind: {@link Answer#of} for a reply
   * @param judgement of the reply, or {@link Judgement#unanswered}
   * @param rank what the route that answered is to the destination: {@link
   *     RouteDecision.Attempt#rank}
   * @param next what the next route that the attempt may use is to this one: {@link Next#of}
   * @param age how much of its life the message has left
   */
  public record Case(
      Stage stage, Answer answer, Judgement judgement, Rank rank, Next next, Age age) {

    /**
     * @throws IllegalArgumentException if the judgement is that it was relayed, and that was not
     *     said in a reply to the end of the data: nothing else hands over responsibility (RFC 5321,
     *     6.1)
     */
    public Case {
      boolean relayed = judgement.verdict() == Verdict.RELAYED;
      if (relayed && (stage != Stage.END_OF_DATA || answer != Answer.REPLIED)) {
        throw new IllegalArgumentException("relayed by " + answer + " at " + stage.word());
      }
    }
  }

  /** How a session ended for the recipient. */
  public enum Answer {
    /** A reply that names a reason, and is neither 421 nor 5yz. */
    REPLIED,
    /** A 5yz. Before MAIL it refuses the session, from MAIL on its judgement decides. */
    REFUSED,
    /** A 421, or a reply without any text: the exchange is going away, unless it says why. */
    CLOSING,
    /** No reply, and the last byte of the message was not handed to the socket. */
    LOST,
    /** No reply, and the last byte was handed to the socket: it may have been relayed. */
    UNCERTAIN,
    /** Too many recipients for one transaction (RFC 5321, 4.5.3.1.10): no refusal at all. */
    TOO_MANY_RECIPIENTS,
    /**
     * Nothing was asked: the exchange does not offer what the message needs, such as an extension
     * or a larger SIZE.
     */
    LACKING,
    /**
     * STARTTLS was refused or the handshake failed, and nobody demanded TLS: plaintext at an equal
     * exchange, in a later attempt, comes before any backup.
     */
    OPTIONAL_TLS;

    /** The kind of a reply that refused. */
    public static Answer of(Reply reply) {
      // RFC 5321, 3.8: 421 says that the connection is being closed, whatever was asked.
      if (reply.code() == 421 || reply.text().isBlank()) {
        return CLOSING;
      }
      return reply.isPermanent() ? REFUSED : REPLIED;
    }
  }

  /** What a route is to its destination. */
  public enum Rank {
    /** Of the best preference: the primary, or an equal of it. */
    BEST,
    /** Of a worse preference. */
    BACKUP
  }

  /** What the next route is to the one that answered. */
  public enum Next {
    SAME_PREFERENCE,
    /** Of a worse preference. */
    BACKUP,
    NONE;

    /**
     * What comes after a route.
     *
     * @param answered the route that answered
     * @param remaining the routes not yet tried that this attempt may use, in their order
     */
    public static Next of(Route answered, List<Route> remaining) {
      if (remaining.isEmpty()) {
        return NONE;
      }
      return remaining.get(0).preference() > answered.preference() ? BACKUP : SAME_PREFERENCE;
    }
  }

  /** Which part of its life a message is in. */
  public enum Age {
    ORDINARY,
    /** The last quarter before expiry: a backup is better than nothing. */
    LAST_QUARTER
  }

  /** What becomes of the recipient. */
  public Disposition dispose(Case c) {
    Situation situation = Situation.of(c);
    return situation.reach(this, c.age()).disposition(c.next());
  }
}
