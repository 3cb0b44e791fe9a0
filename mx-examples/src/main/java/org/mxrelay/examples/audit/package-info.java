/**
 * An audit as a page to show: one HTML file without anything from outside.
 *
 * <p>{@link org.mxrelay.examples.audit.AuditPage} is the way in: an overview where there are
 * several domains, then a {@code DomainSection} each, with its verdict, an {@code ExchangeMap} of
 * who is tried when, the findings, and in {@code FactTables} what they rest on. All markup goes
 * through {@link org.mxrelay.examples.page.Html}, which escapes every text, since names and replies
 * are strangers' words.
 */
@NullMarked
package org.mxrelay.examples.audit;

import org.jspecify.annotations.NullMarked;
