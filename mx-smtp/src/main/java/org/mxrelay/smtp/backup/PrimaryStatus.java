package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.Optional;

/**
 * How it is with one primary.
 *
 * <p>Immutable.
 *
 * @param name of the primary where the owner gave it, else of the domain whose MX it is
 * @param state whether it can be reached
 * @param since when it came into that state
 * @param why what was found last, one printable line
 * @param lastRelayed when it last took a message from us
 */
public record PrimaryStatus(
    String name, PrimaryState state, Instant since, String why, Optional<Instant> lastRelayed) {}
