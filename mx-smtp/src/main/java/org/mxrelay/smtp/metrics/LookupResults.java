package org.mxrelay.smtp.metrics;

import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.TextAnswer;
import org.mxrelay.dns.TlsaAnswer;
import org.mxrelay.dns.TlsaResolver.AliasTrust;

/**
 * The DNS's answers in a word each: ok, nodata, nxdomain or unresolved. Stateless.
 *
 * <p>No word says why nobody could tell: several servers were asked, and each may have failed in a
 * way of its own.
 */
final class LookupResults {

  private static final String OK = "ok";
  private static final String NODATA = "nodata";
  private static final String NXDOMAIN = "nxdomain";
  private static final String UNRESOLVED = "unresolved";

  private LookupResults() {}

  static String of(MxAnswer answer) {
    return answer.fold(
        new MxAnswer.Cases<>(
            exchanges -> OK,
            noMx -> NODATA,
            nullMx -> OK,
            noSuchDomain -> NXDOMAIN,
            unresolved -> UNRESOLVED));
  }

  static String of(AddressAnswer answer) {
    if (answer instanceof AddressAnswer.Addresses) {
      return OK;
    } else if (answer instanceof AddressAnswer.NoAddress) {
      return NODATA;
    }
    return answer instanceof AddressAnswer.NoSuchHost ? NXDOMAIN : UNRESOLVED;
  }

  /** Whether a name without texts exists is not told. */
  static String of(TextAnswer answer) {
    return answer.fold(texts -> OK, noText -> NODATA, unresolved -> UNRESOLVED);
  }

  /** Whether a name without such records exists is not told. */
  static String of(TlsaAnswer answer) {
    return answer.fold(records -> OK, noTlsa -> NODATA, unresolved -> UNRESOLVED);
  }

  static String of(AliasTrust answer) {
    return answer == AliasTrust.UNRESOLVED ? UNRESOLVED : OK;
  }
}
