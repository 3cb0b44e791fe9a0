package org.mxrelay.examples.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Destination;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.SubmissionId;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to do with a queue, and with which of its deliveries: exactly one way to say it. */
final class QueueArguments {

  enum Action {
    LIST,
    SHOW,
    HOLD,
    RELEASE,
    FLUSH,
    CANCEL,
    STATS
  }

  @Parameters(
      index = "0",
      paramLabel = "list|show|hold|release|flush|cancel|stats",
      description = "What to do.")
  private Action action = Action.STATS;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "A message's id.")
  private @Nullable String id;

  @Option(names = "--domain", paramLabel = "D", description = "Those for a destination.")
  private @Nullable String domain;

  @Option(names = "--to", paramLabel = "A", description = "Those for a recipient.")
  private @Nullable String to;

  @Option(names = "--all", description = "All of them.")
  private boolean all;

  Action action() {
    return action;
  }

  /** What was selected. */
  Selection required() {
    List<Selection> given = given();
    if (given.size() != 1) {
      throw new UsageError(
          Words.of(action)
              + ": say which: an ID, --domain D, --to A or --all, and only one of them");
    }
    return given.get(0);
  }

  /** What was selected, all if nothing was. */
  Selection orAll() {
    return given().isEmpty() ? new Selection.All() : required();
  }

  /** The message that was named. */
  SubmissionId submission() {
    if (required() instanceof Selection.OfSubmission one) {
      return one.id();
    }
    throw new UsageError(Words.of(action) + ": takes the ID of a message");
  }

  private List<Selection> given() {
    List<Selection> given = new ArrayList<>();
    if (id != null) {
      given.add(new Selection.OfSubmission(submissionId(id)));
    }
    if (domain != null) {
      given.add(new Selection.To(destination(domain)));
    }
    if (to != null) {
      given.add(new Selection.For(mailbox(to)));
    }
    if (all) {
      given.add(new Selection.All());
    }
    return given;
  }

  private static SubmissionId submissionId(String text) {
    try {
      return new SubmissionId(text);
    } catch (IllegalArgumentException e) {
      throw UsageError.of("ID", text, "not the id of a message");
    }
  }

  private static Destination destination(String text) {
    try {
      return Destination.parse(text);
    } catch (InvalidAddressException e) {
      throw UsageError.of("--domain", text, e.why());
    }
  }

  private static Mailbox mailbox(String text) {
    try {
      return Mailbox.parse(text);
    } catch (InvalidAddressException e) {
      throw UsageError.of("--to", text, e.why());
    }
  }
}
