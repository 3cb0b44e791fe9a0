package org.mxrelay.dns;

/** Which servers are believed when they set the AD flag (RFC 4035, 3.2.3). */
enum AdTrust {
  /** Those that were named and listen on loopback; the system's if its file says so. */
  LOCAL,
  NEVER,
  ALWAYS
}
