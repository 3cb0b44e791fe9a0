package org.mxrelay.examples.outage;

import org.mxrelay.examples.outage.Letter.Box;
import org.mxrelay.examples.outage.Letter.FirstReply;

/**
 * The primary: away at times, and particular.
 *
 * <p>Immutable.
 */
record Primary(Outages outages) {

  /** Whom it hears a message from. */
  enum Client {
    /** Its sender, or somebody who passes on who that is. */
    ITS_SENDER,
    /** A backup that it trusts: where a message came from before that, it cannot see. */
    A_BACKUP
  }

  Said hear(Story story, Client client, long now) {
    if (outages.isDown(now)) {
      return Said.NO_CONNECTION;
    }
    Letter letter = story.letter();
    Said verdict = verdict(letter, client);
    if (!verdict.isTaken()) {
      return verdict;
    }
    boolean heard = letter.reply() == FirstReply.ARRIVES || story.hasArrived();
    story.arrives(now);
    return heard ? Said.TAKEN : Said.REPLY_LOST;
  }

  private static Said verdict(Letter letter, Client client) {
    if (letter.box() == Box.NOBODY) {
      return Said.NO_SUCH_USER;
    }
    Filter filter = client == Client.A_BACKUP ? Filter.CONTENT_ONLY : Filter.WITH_ADDRESS;
    return filter.judge(letter.nature());
  }
}
