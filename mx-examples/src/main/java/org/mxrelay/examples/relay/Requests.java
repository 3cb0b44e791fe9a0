package org.mxrelay.examples.relay;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.mxrelay.examples.relay.Verb.Conduct;
import org.mxrelay.reply.Reply;

/** What is neither a greeting nor a transaction. Safe for use by several threads. */
final class Requests {

  /** The backup's answer to ETRN. */
  @FunctionalInterface
  interface Etrn {
    Reply answer(InetAddress from, String argument) throws InterruptedException;
  }

  private Requests() {}

  static Map<String, Conduct> verbs(Etrn etrn) {
    Map<String, Conduct> verbs = new HashMap<>();
    verbs.put("NOOP", (visitor, arguments) -> Said.OK);
    verbs.put("QUIT", (visitor, arguments) -> Said.BYE);
    // RFC 5321, 3.5.3: whoever does not verify says so, rather than that nobody is there.
    verbs.put("VRFY", (visitor, arguments) -> Said.CANNOT_VERIFY);
    verbs.put("ETRN", (visitor, argument) -> etrn(etrn, visitor, argument));
    // What the server would do of its own accord, and was not offered.
    for (String other : new String[] {"BDAT", "EXPN", "HELP", "AUTH"}) {
      verbs.put(other, (visitor, arguments) -> Said.NOT_IMPLEMENTED);
    }
    return verbs;
  }

  private static Reply etrn(Etrn etrn, Visitor visitor, String argument)
      throws InterruptedException {
    if (visitor.inTransaction()) {
      return Said.SECOND_MAIL;
    }
    return argument.isEmpty() ? Said.SYNTAX : etrn.answer(visitor.address(), argument);
  }
}
