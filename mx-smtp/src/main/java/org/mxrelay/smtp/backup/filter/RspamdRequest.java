package org.mxrelay.smtp.backup.filter;

import java.util.ArrayList;
import java.util.List;
import org.mxrelay.smtp.backup.ClientFacts;
import org.mxrelay.smtp.backup.InboundMessage;
import org.mxrelay.smtp.message.Recipient;

/** What rspamd is told of a message beside its bytes. */
final class RspamdRequest {

  private RspamdRequest() {}

  /** The request line and the fields. */
  static List<String> head(String path, String host, InboundMessage message, String password) {
    List<String> lines = new ArrayList<>();
    lines.add("POST " + path + " HTTP/1.0");
    lines.add("Host: " + host);
    lines.add("Content-Type: message/rfc822");
    client(lines, message.client());
    add(lines, "From", "<" + message.envelope().reversePath() + ">");
    for (Recipient recipient : message.envelope().recipients()) {
      add(lines, "Rcpt", "<" + recipient.mailbox() + ">");
    }
    if (!password.isEmpty()) {
      add(lines, "Password", password);
    }
    return lines;
  }

  private static void client(List<String> lines, ClientFacts client) {
    add(lines, "IP", client.address().getHostAddress());
    client.name().ifPresent(name -> add(lines, "Hostname", name));
    if (!client.helo().isEmpty()) {
      add(lines, "Helo", client.helo());
    }
  }

  /** What no field can carry is left out: rspamd judges without it. */
  private static void add(List<String> lines, String name, String value) {
    if (value.chars().allMatch(c -> c >= ' ' && c < 127)) {
      lines.add(name + ": " + value);
    }
  }
}
