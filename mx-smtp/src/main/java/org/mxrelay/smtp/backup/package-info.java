/**
 * The backup MX role, for any SMTP server: accept for the primary what the primary would accept,
 * keep it no longer than needed, and let people see it.
 *
 * <p>A server is made a backup by an adapter of a few lines. At its start it builds one {@link
 * org.mxrelay.smtp.backup.BackupMx}, which refuses to start ({@link
 * org.mxrelay.smtp.backup.NotABackupException}) where the DNS does not name it as a backup. For
 * each client it calls {@link org.mxrelay.smtp.backup.BackupMx#open open} with the {@link
 * org.mxrelay.smtp.backup.ClientFacts} at the first MAIL, when the client's EHLO name is known, and
 * anew after STARTTLS. What it got is an {@link org.mxrelay.smtp.backup.InboundSession}:
 *
 * <ol>
 *   <li>MAIL: {@code session.mail(MailCommand)}; the adapter sends the reply as it is.
 *   <li>each RCPT: {@code session.rcpt(Recipient)}; likewise.
 *   <li>DATA: the adapter itself says 354 if a recipient was taken, else 503 or 554, and spools the
 *       message, to a file if it is large.
 *   <li>the final dot: {@code session.data(MessageSource)}; when that returns a 2yz, the message is
 *       the primary's or durable here. The adapter sends that reply, and removes its spool.
 *   <li>RSET, a new EHLO, or a transaction that was given up: {@code session.reset()}.
 *   <li>the end of the connection, however it comes: {@code session.close()}.
 *   <li>ETRN: {@code backup.etrn(address, domain)}.
 * </ol>
 *
 * <p>Grammar, limits on sizes and connections, STARTTLS and timeouts are the server's own affair.
 *
 * <p>Inside, each question has its decider: whether a recipient is ours, known, or to be asked
 * about; whether a client should go to the primary; when to look for the primary again; whether
 * forwarding stalls. The answers are had from the primary itself while it is there ({@link
 * org.mxrelay.smtp.backup.CutThrough}), from what is remembered ({@link
 * org.mxrelay.smtp.backup.BackupMemory}) while it is not, and from a {@link
 * org.mxrelay.smtp.backup.ContentFilter} in either case. What is taken goes through an {@link
 * org.mxrelay.smtp.MxRelay} to better exchanges only.
 *
 * <p>{@link org.mxrelay.smtp.backup.BackupListener} hears what happens, {@link
 * org.mxrelay.smtp.backup.BackupStatus} says how it is.
 */
@NullMarked
package org.mxrelay.smtp.backup;

import org.jspecify.annotations.NullMarked;
