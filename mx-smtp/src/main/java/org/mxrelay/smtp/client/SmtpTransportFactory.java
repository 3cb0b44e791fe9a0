package org.mxrelay.smtp.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mxrelay.smtp.services.OptionWords;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.smtp.transport.TransportFactory;

/** The default transport by its name, {@code smtp}. Immutable. */
public final class SmtpTransportFactory implements TransportFactory {

  /** For {@link java.util.ServiceLoader}. */
  public SmtpTransportFactory() {}

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public Map<String, String> options() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("helo", "what EHLO says");
    all.put("self", "our own names, spaces between");
    all.put("timeout-scale", "multiplies the time of each stage");
    all.put("chunking", "where-offered, or never");
    all.put("pipelining", "within-message, or across-messages");
    all.putAll(SmartHostWords.OPTIONS);
    all.putAll(ConnectorWords.OPTIONS);
    return Map.copyOf(all);
  }

  @Override
  public Transport create(Map<String, String> given) {
    OptionWords words = new OptionWords("transport smtp", given);
    SmtpTransport.Builder builder = SmtpTransport.builder();
    words.text("helo").ifPresent(builder::helo);
    words.text("self").ifPresent(self -> builder.self(self.strip().split("\\s+")));
    words
        .positive("timeout-scale")
        .ifPresent(scale -> builder.timeouts(SmtpTimeouts.RFC5321.scaled(scale)));
    words
        .oneOf("chunking", "where-offered", "never")
        .filter("never"::equals)
        .ifPresent(never -> builder.chunking(SmtpTransport.Chunking.NEVER));
    words
        .oneOf("pipelining", "within-message", "across-messages")
        .filter("across-messages"::equals)
        .ifPresent(far -> builder.pipelining(SmtpTransport.Pipelining.ACROSS_MESSAGES));
    return builder
        .smartHost(SmartHostWords.smartHost(words))
        .connector(ConnectorWords.connector(words))
        .build();
  }
}
