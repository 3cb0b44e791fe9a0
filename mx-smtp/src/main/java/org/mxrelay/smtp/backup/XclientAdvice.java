package org.mxrelay.smtp.backup;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mxrelay.smtp.backup.Line.Identity;

/**
 * Says once of each primary that it does not hear from us for whom we speak.
 *
 * <p>Safe for use by several threads.
 */
final class XclientAdvice {

  private final Set<Primary> given = ConcurrentHashMap.newKeySet();

  /** What to tell the owner, if there is something and he was not told yet. */
  Optional<String> on(Primary primary, Identity identity) {
    return switch (identity) {
      case TOLD, NOT_ASKED -> Optional.empty();
      case NOT_OFFERED -> once(primary, "does not offer us XCLIENT");
      case REFUSED -> once(primary, "refuses our XCLIENT");
    };
  }

  private Optional<String> once(Primary primary, String what) {
    return given.add(primary)
        ? Optional.of(
            "primary %s %s: it judges our address in place of the client's, so SPF and lists of"
                    .formatted(primary.status().name(), what)
                + " addresses belong into the content filter here")
        : Optional.empty();
  }
}
