package org.mxrelay.tls;

/** What came of asking for a policy. Immutable. */
sealed interface PolicyAnswer {

  /** A policy. */
  record Policy(StsPolicy policy) implements PolicyAnswer {}

  /**
   * None that can be used.
   *
   * @param failure in the words of reports on TLS
   * @param why in words
   */
  record Unusable(TlsFailure failure, String why) implements PolicyAnswer {

    /** None was had. */
    Unusable(String why) {
      this(TlsFailure.STS_POLICY_FETCH_ERROR, why);
    }
  }
}
