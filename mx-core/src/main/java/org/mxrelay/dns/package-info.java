/**
 * The only reader of the DNS, and of dnsjava.
 *
 * <p>A {@link org.mxrelay.dns.MxResolver} answers two questions: which exchanges a domain names
 * ({@link org.mxrelay.dns.MxAnswer}), and which addresses a host has ({@link
 * org.mxrelay.dns.AddressAnswer}). A {@link org.mxrelay.dns.TextResolver} answers a third: which
 * texts a name has ({@link org.mxrelay.dns.TextAnswer}). A {@link org.mxrelay.dns.TlsaResolver}
 * answers what DANE asks ({@link org.mxrelay.dns.TlsaAnswer}). {@link org.mxrelay.dns.DnsClient}
 * asks real servers: absolute names only, every server in turn until one really answers, a cache
 * that knows the remaining time to live, one query in flight a question.
 *
 * <p>Inside, a question goes down this line and its answer comes back up: {@code AliasChain}
 * follows aliases from question to question; {@code Inquirer} looks into the {@code AnswerCache},
 * joins whoever asks the same, or asks, and lets {@code StandIns} speak where nobody answers and
 * the owner wants it; {@code LookupRetry} goes round the servers again where that may help; {@code
 * Failover} takes the {@code ServerList} in turn; {@code Upstream} asks one server, when there is
 * room {@code InFlight}; {@code AnswerReader} believes of the response only the {@code
 * RelevantRecords}. Whether it is authentic says a server that {@link org.mxrelay.dns.Dnssec}
 * trusts, or {@code Validation}, from {@link org.mxrelay.dns.TrustAnchors} on. What comes up is a
 * {@code Lookup}, the same for every type of record; {@code MxAnswers}, {@code AddressAnswers},
 * {@code TextAnswers} and {@code TlsaAnswers} judge what it means, once while it is valid, as
 * {@code Judgements} sees to. No thread waits but the caller's.
 *
 * <p>A {@link org.mxrelay.dns.ZoneInspector} is for those who judge a zone instead of using it: it
 * tells the MX records as they are published ({@link org.mxrelay.dns.MxPublication}), which it asks
 * of the zone's own servers through a {@code DirectInquirer}, past every cache.
 */
@NullMarked
package org.mxrelay.dns;

import org.jspecify.annotations.NullMarked;
