/**
 * What is wrong with an MX set.
 *
 * <p>A {@link org.mxrelay.audit.MxAudit} works in two steps that know nothing of each other. {@code
 * Gatherer} asks: the DNS as a sender would, the zone's own servers for what they publish, the host
 * of the MTA-STS policy, and, where the owner wants it, the exchanges through an {@link
 * org.mxrelay.audit.ExchangeProbe}, which the SMTP client implements. What it found is an {@link
 * org.mxrelay.audit.MxPicture} with an {@link org.mxrelay.audit.ExchangePicture} for each exchange.
 *
 * <p>Then each {@link org.mxrelay.audit.AuditRule} judges the picture and makes {@link
 * org.mxrelay.audit.Finding}s: how bad, by which rule, of what, why, and what to do. The standard
 * ones are listed in {@code AuditRules}, one class for each question that a person would ask. An
 * {@link org.mxrelay.audit.AuditReport} holds picture and findings together.
 */
@NullMarked
package org.mxrelay.audit;

import org.jspecify.annotations.NullMarked;
