package org.mxrelay.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.PublishedMx;
import org.mxrelay.dns.PublishedMx.Form;

/** Whether the domain names exchanges at all, and how many. */
final class MxSetRule implements AuditRule {

  @Override
  public List<Finding> judge(MxPicture picture) {
    return picture
        .answer()
        .fold(
            new MxAnswer.Cases<>(
                some -> exchanges(picture),
                none -> List.of(withoutMx(picture)),
                nullMx -> List.of(nullMx(picture)),
                nowhere -> List.of(noSuchDomain(picture)),
                unknown -> List.of(unresolved(picture, unknown.why()))));
  }

  private static List<Finding> exchanges(MxPicture picture) {
    List<Finding> findings = new ArrayList<>();
    String domain = picture.domain().name();
    if (picture.published().records().stream().map(PublishedMx::form).anyMatch(Form.NULL::equals)) {
      findings.add(
          Finding.warning(
              "null-mx-beside-others",
              domain,
              "A null MX says that the domain takes no mail, and stands beside records that say"
                  + " the opposite; senders differ in what they make of that (RFC 7505, 3).",
              "Remove the record with the exchange \".\"."));
    }
    if (picture.unseen() > 0) {
      findings.add(
          Finding.warning(
              "too-many-exchanges",
              domain,
              "The domain names "
                  + (picture.named().size() + picture.unseen())
                  + " exchanges. Senders try only the first few of them, and so did this audit.",
              "Put several hosts behind one name instead; two or three records are plenty."));
    }
    number(picture).ifPresent(findings::add);
    return findings;
  }

  private static Optional<Finding> number(MxPicture picture) {
    String domain = picture.domain().name();
    int size = picture.named().size() + picture.unseen();
    if (size > 1) {
      return Optional.of(Finding.ok("mx", domain, size + " exchanges are named."));
    } else if (picture.published().records().size() > 1) {
      return Optional.empty(); // one that counts, of several: other rules speak of the rest
    } else if (size == 1) {
      return Optional.of(
          picture
              .provider()
              .map(
                  p ->
                      Finding.ok(
                          "mx", domain, "One exchange is named, for many hosts of " + p + "."))
              .orElseGet(() -> single(picture)));
    }
    return picture.published().records().isEmpty() ? Optional.of(none(domain)) : Optional.empty();
  }

  private static Finding none(String domain) {
    return Finding.error(
        "no-usable-mx",
        domain,
        "There are MX records, and none of them names a possible host: no mail arrives. The"
            + " addresses of the domain itself do not count where there is an MX record.",
        "Name a host that has an address: " + domain + ". 3600 MX 10 mx1." + domain + ".");
  }

  private static Finding single(MxPicture picture) {
    return Finding.info(
        "single-mx",
        picture.domain().name(),
        "There is one exchange, "
            + picture.named().get(0).name()
            + ". While it is down, mail waits at the senders, who retry for days: nothing is lost"
            + " by a short outage.",
        "Leave it so if outages are short. A second exchange is worth having only if it knows your"
            + " recipients and filters as the first one does.");
  }

  private static Finding withoutMx(MxPicture picture) {
    String domain = picture.domain().name();
    boolean reachable = picture.exchanges().stream().anyMatch(e -> !e.addresses().isEmpty());
    return reachable
        ? Finding.warning(
            "no-mx",
            domain,
            "There is no MX record. Senders fall back to the addresses of the domain itself"
                + " (RFC 5321, 5.1), which may be a web server that knows nothing of mail.",
            "Name the host that takes the mail: "
                + domain
                + ". 3600 MX 10 mx1."
                + domain
                + ".; or,"
                + " if there is to be no mail, publish a null MX: "
                + domain
                + ". 3600 MX 0 .")
        : Finding.error(
            "no-mx",
            domain,
            "There is neither an MX record nor an address: mail to the domain fails at once.",
            "Name a host that takes the mail, or publish a null MX to say that there is none.");
  }

  private static Finding nullMx(MxPicture picture) {
    return Finding.info(
        "null-mx",
        picture.domain().name(),
        "The domain says that it takes no mail (null MX, RFC 7505): whatever is sent to it fails at"
            + " once, which is right for a domain without mailboxes.",
        "Name an exchange if the domain is to receive mail after all.");
  }

  private static Finding noSuchDomain(MxPicture picture) {
    return Finding.error(
        "no-such-domain",
        picture.domain().name(),
        "The domain does not exist in the DNS: mail to it fails at once.",
        "Check the spelling, and that the registration has not run out.");
  }

  private static Finding unresolved(MxPicture picture, String why) {
    return Finding.error(
        "mx-unresolved",
        picture.domain().name(),
        "Nobody could tell the MX records: " + why + ". Mail waits at the senders meanwhile.",
        "Look at the zone's servers and, if it is signed, at its signatures.");
  }
}
