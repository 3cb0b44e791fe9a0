package org.mxrelay.reply;

import java.io.IOException;
import java.io.Reader;

/** The rules that come with the library, read once. */
final class StandardRules {

  static final ReplyClassifier CLASSIFIER =
      new TableClassifier(new RuleTableReader().standard().table());

  private StandardRules() {}

  /** The standard rules behind those of a caller. */
  static ReplyClassifier after(String name, Reader own) throws IOException {
    return new TableClassifier(new RuleTableReader().add(name, own).standard().table());
  }
}
