package org.mxrelay.examples.extend;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.smtp.transport.TransportFactory;

/** Makes the transport known as {@code maildir}. Immutable. */
public final class MaildirTransportFactory implements TransportFactory {

  /** For {@link java.util.ServiceLoader}. */
  public MaildirTransportFactory() {}

  @Override
  public String name() {
    return "maildir";
  }

  @Override
  public Map<String, String> options() {
    return Map.of("folder", "holds a maildir for each mailbox: FOLDER/DOMAIN/LOCAL-PART");
  }

  @Override
  public Transport create(Map<String, String> given) {
    String folder = given.getOrDefault("folder", "");
    if (folder.isEmpty()) {
      throw new IllegalArgumentException("transport maildir: option folder is missing");
    }
    try {
      return new MaildirTransport(Path.of(folder));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "transport maildir: option folder=" + folder + ": not a path: " + e.getReason(), e);
    }
  }
}
