package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.SubmissionId;

/** Something that happened to a backup. Immutable. */
public sealed interface BackupEvent {

  /** When. */
  Instant at();

  /** A primary went down, came back, or was seen for the first time. */
  record PrimaryChanged(PrimaryStatus primary, Instant at) implements BackupEvent {}

  /** An alarm was raised. */
  record Raised(Alarm alarm, Instant at) implements BackupEvent {}

  /** An alarm is over. */
  record Cleared(Alarm alarm, Instant at) implements BackupEvent {}

  /**
   * A client was told no, or not now.
   *
   * @param recipient of whom it was said; empty where it was said of the message
   * @param stage at which
   * @param reply what it was told
   * @param why whose word it was: {@code primary}, {@code filter}, {@code verification}, {@code
   *     attitude}, {@code relay}, {@code loop}, {@code store}
   */
  record Refused(
      ClientFacts client,
      Optional<Mailbox> recipient,
      Stage stage,
      Reply reply,
      String why,
      Instant at)
      implements BackupEvent {}

  /** The primary took a message while its client waited; nothing was queued. */
  record CutThroughTaken(ClientFacts client, Envelope envelope, Reply reply, Instant at)
      implements BackupEvent {}

  /** A message was queued for the primary. */
  record Queued(ClientFacts client, Envelope envelope, SubmissionId submission, Instant at)
      implements BackupEvent {}

  /** A message came again that was taken before for these recipients; it goes to them once. */
  record Repeated(ClientFacts client, List<Mailbox> recipients, Instant at) implements BackupEvent {
    public Repeated {
      recipients = List.copyOf(recipients);
    }
  }
}
