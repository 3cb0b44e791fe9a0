package org.mxrelay.smtp.backup.filter;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.HeaderField;
import org.mxrelay.smtp.backup.SenderTrust;

/** What a milter's answer means for a message. */
final class MilterVerdict {

  private static final Reply REFUSED = Reply.of(550, "5.7.1 Refused by a filter");
  private static final Reply LATER = Reply.of(451, "4.7.1 Try again later");

  /** The code, the status that may follow it, and text, on each line. */
  private static final Pattern REPLY = Pattern.compile("([45][0-9]{2})[ -]?(.*)", Pattern.DOTALL);

  private MilterVerdict() {}

  /**
   * The verdict that an answer is; nothing if the message goes on.
   *
   * @param fields that were to be added so far
   * @throws MilterException if it is no answer
   */
  static Optional<FilterVerdict> of(MilterPacket answer, List<HeaderField> fields)
      throws MilterException {
    return switch (answer.code()) {
      case MilterPacket.CONTINUE, MilterPacket.SKIP -> Optional.empty();
      case MilterPacket.ACCEPT -> Optional.of(accept(fields));
      // Neither is mail dropped here in silence, nor kept for a person: the sender is told.
      case MilterPacket.REJECT, MilterPacket.DISCARD, MilterPacket.QUARANTINE ->
          Optional.of(new FilterVerdict.Refuse(REFUSED));
      case MilterPacket.TEMPFAIL, MilterPacket.SHUTDOWN, MilterPacket.CONNECTION_FAILURE ->
          Optional.of(new FilterVerdict.Defer(LATER));
      case MilterPacket.REPLY_CODE -> Optional.of(words(answer.strings(0)[0]));
      default -> throw new MilterException("answered '" + answer.code() + "'");
    };
  }

  /** A milter sees no reverse-path's owner: it vouches for nobody. */
  static FilterVerdict accept(List<HeaderField> fields) {
    return new FilterVerdict.Accept(SenderTrust.UNKNOWN, fields);
  }

  private static FilterVerdict words(String text) throws MilterException {
    Matcher matcher = REPLY.matcher(text);
    if (!matcher.matches()) {
      throw new MilterException("a reply without a code");
    }
    // It doubles the percent signs, since libmilter gives this to printf.
    Reply reply =
        Reply.of(Integer.parseInt(matcher.group(1)), matcher.group(2).replace("%%", "%").strip());
    return reply.isPermanent() ? new FilterVerdict.Refuse(reply) : new FilterVerdict.Defer(reply);
  }
}
