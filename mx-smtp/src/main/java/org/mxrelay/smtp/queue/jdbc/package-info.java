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
