package org.mxrelay.examples.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client that says exactly what a test says. */
public final class Dialogue implements AutoCloseable {

  private Socket socket;
  private InputStream in;

  private Dialogue(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects, and has not read the greeting. */
  public static Dialogue to(InetSocketAddress server) throws IOException {
    Socket socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    return new Dialogue(socket);
  }

  /** The same from another address of this host's. */
  public static Dialogue greeted(InetSocketAddress server, String from) throws IOException {
    Socket socket =
        new Socket(server.getAddress(), server.getPort(), InetAddress.getByName(from), 0);
    socket.setSoTimeout(20_000);
    Dialogue dialogue = new Dialogue(socket);
    dialogue.reply();
    dialogue.say("EHLO client.test");
    return dialogue;
  }

  /** Connects, reads the greeting, and says EHLO. */
  public static Dialogue greeted(InetSocketAddress server) throws IOException {
    Dialogue dialogue = to(server);
    dialogue.reply();
    dialogue.say("EHLO client.test");
    return dialogue;
  }

  /** Sends a line, and answers the reply. */
  public String say(String line) throws IOException {
    send(line + "\r\n");
    return reply();
  }

  public void send(String octets) throws IOException {
    socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** A whole reply, its lines with LF between; empty when the server has closed. */
  public String reply() throws IOException {
    StringBuilder reply = new StringBuilder();
    String line = line();
    while (line.length() > 3 && line.charAt(3) == '-') {
      reply.append(line).append('\n');
      line = line();
    }
    return reply.append(line).toString();
  }

  /** An envelope, and the message up to the reply to its dot. */
  public String mail(String to, String message) throws IOException {
    say("MAIL FROM:<bob@client.test>");
    String rcpt = say("RCPT TO:<" + to + ">");
    if (!rcpt.startsWith("2")) {
      say("RSET");
      return rcpt;
    }
    say("DATA");
    send(message);
    return say(".");
  }

  /** Begins TLS after a 220. */
  void secure(SSLContext trusting) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            trusting
                .getSocketFactory()
                .createSocket(socket, "mx2.example.org", socket.getPort(), true);
    tls.startHandshake();
    socket = tls;
    in = new BufferedInputStream(tls.getInputStream());
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
