package org.mxrelay.examples.relay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection with one buffer for everybody who reads from it: what a client pipelines is
 * there for the next command, whoever reads it.
 *
 * <p>Confined to the thread of its session.
 */
final class ReadAheadSocket extends Socket {

  private static final int BUFFER = 16 * 1024;

  private @Nullable InputStream in;

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream buffered = in;
    if (buffered == null) {
      buffered = new BufferedInputStream(super.getInputStream(), BUFFER);
      in = buffered;
    }
    return buffered;
  }

  /** A server socket that accepts such connections. */
  static ServerSocket server() throws IOException {
    return new ServerSocket() {
      @Override
      public Socket accept() throws IOException {
        Socket accepted = new ReadAheadSocket();
        implAccept(accepted);
        return accepted;
      }
    };
  }
}
