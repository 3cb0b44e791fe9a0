/**
 * A durable queue in a relational database.
 *
 * <p>One {@link org.mxrelay.smtp.queue.jdbc.JdbcQueue}, a small dialect for each engine: a file of
 * SQLite's, which serves one engine, or a database server, PostgreSQL, MariaDB or H2, which several
 * nodes share. All that is written goes through one writer: callers that come together share one
 * transaction and one sync, and a group that fails by one member's fault is repeated one by one.
 * What is read goes beside it.
 *
 * <p>A message is read from its source outside any transaction; a long one is staged in chunks, and
 * exists once its row does. A destination has a row that says when its line wants its turn, so that
 * a claim costs the destinations that it serves, whatever waits in them. All ids, tokens, cursors
 * and turns come from one serial and are never used twice.
 *
 * <p>Where one engine has an SQLite file, fresh mail does not touch the tables at first: {@code
 * Incoming} accepts it into a {@link org.mxrelay.smtp.queue.journal.Journal}, {@code FreshLeases}
 * hands it out from memory, {@code FreshEnding} tells the journal what ended, and {@code Keeper}
 * brings into the tables what ended or stays too long. {@code Fresh} is what is in the journal
 * alone, and the one way from there into the tables; {@code Recovery} takes it for a process that
 * died. {@code Intake} chooses between the two ways.
 *
 * <p>On a server one node writes at a time: a transaction takes the queue's lock when it begins, so
 * that what holds for one writer holds for all nodes. Leases go by the server's clock. What a
 * caller commits in a transaction of his own waits in an outbox until a node moves it among the
 * others.
 *
 * <p>The schema is created and versioned here; one that is newer than this library is refused, and
 * so is every file that is not a queue.
 */
@NullMarked
package org.mxrelay.smtp.queue.jdbc;

import org.jspecify.annotations.NullMarked;
