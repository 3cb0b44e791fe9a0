package org.mxrelay.tls;

/** What the DNS says of a domain's policy (RFC 8461, 3.1). Immutable. */
sealed interface StsRecord {

  /**
   * There is a policy.
   *
   * @param id changes whenever the policy does
   */
  record Present(String id) implements StsRecord {}

  /** The domain says that it has none, or says it wrong. */
  record Absent(String why) implements StsRecord {}

  /** Nobody could tell now. */
  record Unknown(String why) implements StsRecord {}
}
