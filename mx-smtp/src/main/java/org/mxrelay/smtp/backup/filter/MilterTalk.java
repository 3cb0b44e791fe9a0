package org.mxrelay.smtp.backup.filter;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.HeaderField;
import org.mxrelay.smtp.backup.InboundMessage;
import org.mxrelay.smtp.backup.filter.MilterOffer.Step;
import org.mxrelay.smtp.message.Recipient;

/**
 * Plays one message to a milter, from the negotiation to the end.
 *
 * <p>Confined to one thread.
 */
final class MilterTalk {

  /** A chunk of the body, as Sendmail cuts it. */
  private static final int CHUNK = 65_535;

  private final MilterWire wire;
  private final String ourName;
  private final InboundMessage message;
  private final List<HeaderField> fields = new ArrayList<>();
  private MilterOffer offer = new MilterOffer(0, 0, 0);

  MilterTalk(MilterWire wire, String ourName, InboundMessage message) {
    this.wire = wire;
    this.ourName = ourName;
    this.message = message;
  }

  FilterVerdict play() throws IOException {
    wire.send(MilterOffer.ours());
    offer = MilterOffer.read(wire.receive());
    Optional<FilterVerdict> early = envelope();
    FilterVerdict verdict = early.isPresent() ? early.get() : content();
    wire.send(MilterPacket.of(MilterPacket.QUIT));
    wire.flush();
    return verdict;
  }

  private Optional<FilterVerdict> envelope() throws IOException {
    macros(MilterPacket.CONNECT, "j", ourName, "{daemon_name}", "mxrelay");
    Optional<FilterVerdict> verdict = say(Step.CONNECT, MilterAddress.packet(message.client()));
    if (verdict.isEmpty()) {
      verdict = say(Step.HELO, MilterPacket.of(MilterPacket.HELO, message.client().helo()));
    }
    if (verdict.isEmpty()) {
      String from = message.envelope().reversePath().toString();
      macros(MilterPacket.MAIL, "{mail_addr}", from);
      verdict = say(Step.MAIL, MilterPacket.of(MilterPacket.MAIL, "<" + from + ">"));
    }
    return verdict.isEmpty() ? recipients() : verdict;
  }

  /** There is one reply after the dot: what one recipient is refused for counts for all of them. */
  private Optional<FilterVerdict> recipients() throws IOException {
    for (Recipient recipient : message.envelope().recipients()) {
      String to = recipient.mailbox().toString();
      macros(MilterPacket.RCPT, "{rcpt_addr}", to);
      Optional<FilterVerdict> verdict =
          say(Step.RCPT, MilterPacket.of(MilterPacket.RCPT, "<" + to + ">"));
      if (verdict.isPresent()) {
        return verdict;
      }
    }
    return say(Step.DATA, MilterPacket.of(MilterPacket.DATA));
  }

  private FilterVerdict content() throws IOException {
    try (InputStream in = new BufferedInputStream(message.source().open())) {
      HeaderFields header = new HeaderFields(in);
      Optional<FilterVerdict> verdict = header(header);
      if (verdict.isEmpty()) {
        verdict = say(Step.END_OF_HEADER, MilterPacket.of(MilterPacket.END_OF_HEADER));
      }
      if (verdict.isEmpty()) {
        verdict = body(new SequenceInputStream(new ByteArrayInputStream(header.ahead()), in));
      }
      return verdict.isPresent() ? verdict.get() : end();
    }
  }

  private Optional<FilterVerdict> header(HeaderFields header) throws IOException {
    Optional<FilterVerdict> verdict = Optional.empty();
    Optional<HeaderFields.Field> field = header.next();
    while (field.isPresent() && verdict.isEmpty()) {
      verdict =
          say(
              Step.HEADER,
              MilterPacket.of(MilterPacket.HEADER, field.get().name(), field.get().value()));
      field = header.next();
    }
    return verdict;
  }

  private Optional<FilterVerdict> body(InputStream body) throws IOException {
    if (!offer.wants(Step.BODY)) {
      return Optional.empty();
    }
    byte[] chunk = new byte[CHUNK];
    for (int n = body.readNBytes(chunk, 0, CHUNK); n > 0; n = body.readNBytes(chunk, 0, CHUNK)) {
      wire.send(new MilterPacket(MilterPacket.BODY, Arrays.copyOf(chunk, n)));
      if (offer.answers(Step.BODY)) {
        MilterPacket answer = wire.receive();
        Optional<FilterVerdict> verdict = MilterVerdict.of(answer, fields);
        if (verdict.isPresent() || answer.code() == MilterPacket.SKIP) {
          return verdict;
        }
      }
    }
    return Optional.empty();
  }

  /** What it wants changed, and then its last word. */
  private FilterVerdict end() throws IOException {
    wire.send(MilterPacket.of(MilterPacket.END_OF_BODY));
    MilterPacket answer = wire.receive();
    while (MilterChange.isOne(answer)) {
      MilterChange.field(answer).ifPresent(fields::add);
      answer = wire.receive();
    }
    return MilterVerdict.of(answer, fields).orElseGet(() -> MilterVerdict.accept(fields));
  }

  private Optional<FilterVerdict> say(Step step, MilterPacket packet) throws IOException {
    if (!offer.wants(step)) {
      return Optional.empty();
    }
    wire.send(packet);
    return offer.answers(step) ? MilterVerdict.of(wire.receive(), fields) : Optional.empty();
  }

  private void macros(char command, String... namesAndValues) throws IOException {
    byte[] texts = MilterPacket.of(command, namesAndValues).data();
    byte[] data = new byte[texts.length + 1];
    data[0] = (byte) command;
    System.arraycopy(texts, 0, data, 1, texts.length);
    wire.send(new MilterPacket(MilterPacket.MACRO, data));
  }
}
