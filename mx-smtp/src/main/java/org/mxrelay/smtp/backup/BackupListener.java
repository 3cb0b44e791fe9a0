package org.mxrelay.smtp.backup;

/**
 * Hears what happens to a backup. What happens to queued messages reaches a {@link
 * org.mxrelay.smtp.RelayListener}.
 *
 * <p>Called by several threads. What a listener throws is logged and changes nothing. It must not
 * block for long: a client waits.
 */
public interface BackupListener {

  default void primaryChanged(BackupEvent.PrimaryChanged event) {}

  default void raised(BackupEvent.Raised event) {}

  default void cleared(BackupEvent.Cleared event) {}

  default void refused(BackupEvent.Refused event) {}

  default void cutThroughTaken(BackupEvent.CutThroughTaken event) {}

  default void queued(BackupEvent.Queued event) {}

  default void repeated(BackupEvent.Repeated event) {}
}
