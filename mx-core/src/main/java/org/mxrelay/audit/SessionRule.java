package org.mxrelay.audit;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import org.mxrelay.address.IpAddress;

/** Whether the exchanges answer, and let a session begin. */
final class SessionRule implements AuditRule {

  @Override
  public List<Finding> judge(MxPicture picture) {
    List<Finding> findings = new ArrayList<>();
    picture.exchanges().stream()
        .filter(exchange -> !exchange.probes().isEmpty())
        .forEach(exchange -> findings.addAll(of(exchange)));
    return findings;
  }

  private static List<Finding> of(ExchangePicture exchange) {
    List<Finding> findings = new ArrayList<>();
    boolean answers = exchange.probes().stream().anyMatch(p -> p.greeting().isPresent());
    for (ProbeReport probe : exchange.probes()) {
      if (probe.greeting().isEmpty()) {
        findings.add(silent(exchange, probe, answers));
      } else if (!probe.isOpen()) {
        findings.add(unwelcome(exchange, probe));
      } else if (probe.ehlo().filter(said -> !said.isPositive()).isPresent()) {
        findings.add(
            Finding.warning(
                "ehlo-refused",
                where(exchange, probe),
                "EHLO was answered with \"" + probe.ehlo().get() + "\".",
                "Let the server speak ESMTP (RFC 5321, 3.2): without it there is no TLS."));
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              "session",
              exchange.name().name(),
              "Answers: " + exchange.probes().get(0).greeting().orElseThrow()));
    }
    return findings;
  }

  private static Finding silent(ExchangePicture exchange, ProbeReport probe, boolean others) {
    String what = "Nobody answers there: " + probe.trouble() + ".";
    String advice = "Start the server, open port 25 to it, or remove the address.";
    if (!others) {
      return Finding.error(
          "unreachable",
          where(exchange, probe),
          what + " If it is the same from elsewhere, senders wait or go on to the next exchange.",
          advice);
    }
    // Whoever runs the audit may have no IPv6 himself.
    return probe.address() instanceof Inet4Address
        ? Finding.warning(
            "unreachable",
            where(exchange, probe),
            what + " Other addresses of the exchange answer; senders lose time with this one.",
            advice)
        : Finding.info(
            "unreachable",
            where(exchange, probe),
            what + " Other addresses of the exchange answer; it may be that this host has no IPv6.",
            "Run the audit from a host with IPv6.");
  }

  private static Finding unwelcome(ExchangePicture exchange, ProbeReport probe) {
    return Finding.warning(
        "greeting-refused",
        where(exchange, probe),
        "The greeting is \""
            + probe.greeting().orElseThrow()
            + "\": the server takes no mail, or none from here.",
        "Look at the server's log; run the audit from a host that may send mail.");
  }

  static String where(ExchangePicture exchange, ProbeReport probe) {
    return exchange.name() + " [" + IpAddress.format(probe.address()) + "]";
  }
}
