/**
 * Content filters that exist: rspamd by its HTTP protocol, and everything that speaks Sendmail's
 * milter protocol.
 *
 * <p>{@link org.mxrelay.smtp.backup.filter.RspamdFilter} asks with one {@code HttpPost} and reads
 * what it is told as a {@code RspamdAnswer}, of which {@code RspamdVerdict} makes the verdict.
 * {@link org.mxrelay.smtp.backup.filter.MilterFilter} plays a message that is there whole: {@code
 * MilterTalk} says {@code MilterPacket}s as agreed in a {@code MilterOffer}, {@code MilterVerdict}
 * judges the answers. Both connect by a {@code FilterSocket}, which has one deadline for all that
 * is said on it; what went wrong there is what {@link
 * org.mxrelay.smtp.backup.filter.WhenFilterFails} speaks of. {@link
 * org.mxrelay.smtp.backup.filter.FilterChain} asks several.
 */
@NullMarked
package org.mxrelay.smtp.backup.filter;

import org.jspecify.annotations.NullMarked;
