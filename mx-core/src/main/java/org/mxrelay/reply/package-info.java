/**
 * What a server may answer, and what it means.
 *
 * <p>{@link org.mxrelay.reply.ReplyLines} puts the lines of a session together, strictly and within
 * bounds, or throws {@link org.mxrelay.reply.MalformedReplyException}. A {@link
 * org.mxrelay.reply.Reply} is what a server said (RFC 5321, 4.2), with its {@link
 * org.mxrelay.reply.EnhancedStatusCode} where it gave one (RFC 3463); its printable form is fit for
 * logs and reports.
 *
 * <p>A {@link org.mxrelay.reply.ReplyClassifier} turns it, with the {@link org.mxrelay.reply.Stage}
 * at which it was said, into a {@link org.mxrelay.reply.Judgement} on two axes: the {@link
 * org.mxrelay.reply.Verdict} decides, the {@link org.mxrelay.reply.Category} explains. The standard
 * one asks tables of rules that come with the library: the text is cut into words once, and each
 * row looks for its phrases among them. A caller adds a {@link org.mxrelay.reply.ReplyRule} of its
 * own, or a table.
 */
@NullMarked
package org.mxrelay.reply;

import org.jspecify.annotations.NullMarked;
