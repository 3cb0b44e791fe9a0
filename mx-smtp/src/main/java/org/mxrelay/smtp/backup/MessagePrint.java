package org.mxrelay.smtp.backup;

import org.mxrelay.address.ReversePath;

/**
 * What makes a message the same one when it comes again: servers on the way add header fields, but
 * leave these alone.
 *
 * <p>Immutable.
 *
 * @param reversePath who sent it
 * @param messageId its Message-ID with the brackets
 * @param bodyHash SHA-256 of the body with CRLF line ends, in hexadecimal digits
 */
public record MessagePrint(ReversePath reversePath, String messageId, String bodyHash) {}
