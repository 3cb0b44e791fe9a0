package org.mxrelay.smtp.backup.filter;

import java.util.Optional;
import org.mxrelay.smtp.backup.HeaderField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a milter asks to have changed in a message that it has seen whole. */
final class MilterChange {

  private static final Logger log = LoggerFactory.getLogger(MilterChange.class);

  // Headers, recipients, the sender, the body: add, insert, change, remove, replace.
  private static final String CHANGES = "himb+-2e";

  /** The index of a field to be inserted comes before its name. */
  private static final int INDEX = 4;

  private MilterChange() {}

  static boolean isOne(MilterPacket packet) {
    return CHANGES.indexOf(packet.code()) >= 0;
  }

  /** The field that it adds. All else was not offered, and is not done. */
  static Optional<HeaderField> field(MilterPacket packet) {
    return switch (packet.code()) {
      case MilterPacket.ADD_HEADER -> field(packet.strings(0));
      case MilterPacket.INSERT_HEADER -> field(packet.strings(INDEX));
      default -> {
        log.warn("a milter asks for the change '{}', which was not offered", packet.code());
        yield Optional.empty();
      }
    };
  }

  private static Optional<HeaderField> field(String[] nameAndValue) {
    try {
      return Optional.of(new HeaderField(nameAndValue[0], nameAndValue[1]));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      log.warn("a milter adds what is no header field");
      return Optional.empty();
    }
  }
}
