package org.mxrelay.reply;

import java.util.Locale;

/** Why a server refused, in twenty words that people and dashboards understand. */
public enum Category {
  /** No such mailbox, moved without forwarding, bad recipient syntax. */
  RECIPIENT_UNKNOWN,
  /** The account is suspended, inactive, frozen or archived. */
  RECIPIENT_DISABLED,
  /** This mailbox is over its quota. */
  MAILBOX_FULL,
  /** The recipient's domain is unknown, has a null MX, or its host takes no mail. */
  DOMAIN_INVALID,
  /** Connection, DNS, timeout, routing loop, or expiry further down. */
  NETWORK,
  /** The server does not relay for this client. */
  RELAY_DENIED,
  /** The reverse-path or From was refused: unknown domain, blocked by the user, not owned. */
  SENDER_REJECTED,
  /** SPF, DKIM, DMARC, ARC or Sender ID. */
  SENDER_AUTH,
  /** SMTP AUTH or TLS is demanded, missing or failed. */
  AUTH_OR_TLS,
  /** A DNS block list, a local one, or bad reputation of the address or domain. */
  IP_BLOCKED,
  /** The client's PTR record, its forward confirmation, or its EHLO name. */
  REVERSE_DNS,
  /** The content was judged spam, or holds a listed URL. */
  SPAM_CONTENT,
  /** Malware or a forbidden type of attachment. */
  VIRUS,
  /** Refused by a policy that gave no better word. */
  POLICY,
  /** Connections, messages, recipients or quota of the sender over a rate. */
  RATE_LIMITED,
  /** Come back later, on purpose. */
  GREYLISTED,
  /** Over a size limit. */
  MESSAGE_TOO_LARGE,
  /** RFC 5322 faults, headers, 8-bit content, long lines. */
  MESSAGE_FORMAT,
  /** Bad sequence, syntax or unknown command: the session is out of step. */
  PROTOCOL_ERROR,
  /** The server's own trouble: local error, disk full, configuration, shutting down. */
  SERVER_ERROR,
  /** Nothing usable in the reply. */
  OTHER;

  /** The category's word in records and on the command line: {@code mailbox-full}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The category of a word.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Category of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
