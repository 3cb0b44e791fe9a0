package org.mxrelay.examples.relay;

import org.mxrelay.reply.Reply;

/** What the gateway itself says. */
final class Said {

  static final Reply OK = Reply.of(250, "2.0.0 Ok");
  static final Reply BYE = Reply.of(221, "2.0.0 Bye");
  static final Reply GO_AHEAD = Reply.of(354, "End data with <CR><LF>.<CR><LF>");
  static final Reply GREET_FIRST = Reply.of(503, "5.5.1 Send HELO or EHLO first");
  static final Reply NO_MAIL = Reply.of(503, "5.5.1 Send MAIL first");
  static final Reply SECOND_MAIL =
      Reply.of(503, "5.5.1 There is a transaction; send RSET to end it");
  static final Reply NO_RECIPIENT = Reply.of(554, "5.5.1 No valid recipients");
  static final Reply SYNTAX = Reply.of(501, "5.5.4 Syntax error in parameters");
  static final Reply NO_PARAMETER = Reply.of(555, "5.5.4 Unsupported parameter");
  static final Reply NO_ADDRESS = Reply.of(553, "5.1.3 Not a mailbox");
  static final Reply NO_SENDER = Reply.of(553, "5.1.7 Not a mailbox");
  static final Reply NEEDS_UTF8 = Reply.of(553, "5.6.7 Non-ASCII mailbox without SMTPUTF8");
  static final Reply TOO_LARGE = Reply.of(552, "5.3.4 Message too big");
  static final Reply TOO_MANY = Reply.of(452, "4.5.3 Too many recipients");
  static final Reply NO_ROOM = Reply.of(452, "4.3.1 Insufficient system storage");
  static final Reply NOT_IMPLEMENTED = Reply.of(502, "5.5.1 Command not implemented");
  static final Reply CANNOT_VERIFY = Reply.of(252, "2.1.5 Send some mail, and it will be tried");
  static final Reply TLS_NOW = Reply.of(220, "2.0.0 Ready to start TLS");
  static final Reply TLS_ALREADY = Reply.of(503, "5.5.1 TLS is active");
  static final Reply TROUBLE = Reply.of(451, "4.3.0 Local error in processing");
  static final Reply STOPPING = Reply.of(421, "4.3.2 The service is shutting down");
  static final Reply ENOUGH_ERRORS = Reply.of(421, "4.7.0 Too many errors");
  static final Reply TOO_MANY_CONNECTIONS = Reply.of(421, "4.7.0 Too many connections from you");

  private Said() {}
}
