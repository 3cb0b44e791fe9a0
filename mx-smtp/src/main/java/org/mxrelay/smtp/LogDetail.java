package org.mxrelay.smtp;

/** Whom a relay names in its log. */
public enum LogDetail {
  /** Nothing is logged of messages; faults are. */
  NONE,
  /** A line an event with ids, domains, status codes and categories: nobody's address. */
  IDS,
  /** The same with the recipients' addresses and the servers' own words, which often name them. */
  RECIPIENTS
}
