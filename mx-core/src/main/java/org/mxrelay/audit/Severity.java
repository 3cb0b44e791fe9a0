package org.mxrelay.audit;

/** How much a finding matters, the worst first. */
public enum Severity {
  /** Mail is lost, refused or delayed by it. */
  ERROR,
  /** It works, until something else fails; or it harms somebody. */
  WARNING,
  /** Worth knowing; often meant to be so. */
  INFO,
  /** Looked at, and good. */
  OK
}
