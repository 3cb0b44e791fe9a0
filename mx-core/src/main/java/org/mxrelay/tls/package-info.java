/**
 * What TLS a route demands.
 *
 * <p>A {@link org.mxrelay.tls.TlsDemand} is decided before a connection is made and obeyed by the
 * transport: it never depends on what the peer offers. A {@link org.mxrelay.tls.TlsPolicy} turns a
 * routing decision into a {@link org.mxrelay.tls.TlsPlan}: which of the routes may be used, and
 * what each demands beside the owner's floor.
 *
 * <p>{@link org.mxrelay.tls.Dane} is the policy of RFC 7672. Unless {@code DaneLookups} get the
 * very answers of a {@code DanePrecedent}, {@code DaneSearch} looks for an exchange's TLSA records
 * and comes back with a {@code DaneFinding}; {@code TlsaUse} says which records can be used, and
 * {@code DaneDecider} what they make of the routes: a {@link org.mxrelay.tls.DaneIdentity} in the
 * demand is what the transport compares the certificate with. {@code DaneFirst} puts it before
 * another policy. A plan also tells who is {@link org.mxrelay.tls.Vouching} for an exchange, on
 * which REQUIRETLS (RFC 8689) insists.
 *
 * <p>{@link org.mxrelay.tls.MtaSts} is the policy of RFC 8461. {@code StsPolicies} finds what holds
 * for a domain: {@code StsRecordReader} reads the TXT record, {@code Freshness} says whether to
 * fetch, {@code HttpsPolicyFetcher} fetches over {@code HttpsGet} within a {@code FetchDeadline},
 * {@code StsPolicyText} reads the {@link org.mxrelay.tls.StsPolicy}, and a {@link
 * org.mxrelay.tls.PolicyStore} keeps it. {@code StsDecider} then says what it makes of the routes.
 * {@link org.mxrelay.tls.StsStatus} is what an audit wants to know of it.
 *
 * <p>What became of TLS is told as a {@link org.mxrelay.tls.TlsOutcome}, with a {@link
 * org.mxrelay.tls.TlsFailure} where it failed, and counted by a {@link org.mxrelay.tls.TlsTally},
 * in the words of RFC 8460.
 */
@NullMarked
package org.mxrelay.tls;

import org.jspecify.annotations.NullMarked;
