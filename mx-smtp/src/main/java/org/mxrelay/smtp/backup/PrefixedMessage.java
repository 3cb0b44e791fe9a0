package org.mxrelay.smtp.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.mxrelay.smtp.message.MessageSource;

/**
 * A message with header fields before its own.
 *
 * <p>Safe for use by several threads.
 *
 * @param fields whole, each with its line end
 */
record PrefixedMessage(String fields, MessageSource message) implements MessageSource {

  @Override
  public InputStream open() throws IOException {
    return new SequenceInputStream(
        new ByteArrayInputStream(fields.getBytes(StandardCharsets.UTF_8)), message.open());
  }
}
