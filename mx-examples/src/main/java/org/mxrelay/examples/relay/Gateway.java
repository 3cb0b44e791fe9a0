package org.mxrelay.examples.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.mxrelay.smtp.backup.BackupMx;
import org.mxrelay.smtp.client.Watchdog;
import org.subethamail.smtp.server.SMTPServer;

/**
 * SubEthaSMTP as the server of a backup MX. Knows nothing of mail but its grammar: every answer
 * that matters is the {@link BackupMx}'s, and nothing is acknowledged before that did.
 *
 * <p>Safe for use by several threads.
 */
public final class Gateway implements AutoCloseable {

  private static final Duration FOR_THE_SERVED = Duration.ofSeconds(20);
  private static final Duration FOR_THE_REST = Duration.ofSeconds(5);

  private final SMTPServer server;
  private final Visitors visitors;
  private final ExecutorService threads;
  private final ExecutorService lookups;
  private final Watchdog watchdog;
  private final InetSocketAddress listen;

  private Gateway(BackupMx backup, GatewayOptions options) {
    this.listen = options.listen();
    this.threads = Executors.newCachedThreadPool(daemons("mx-client"));
    this.lookups = Executors.newFixedThreadPool(4, daemons("mx-client-name"));
    this.watchdog = new Watchdog(daemons("mx-client-watchdog"));
    this.visitors =
        new Visitors(options.limits(), new ClientNames(lookups), backup::open, watchdog);
    this.server = server(options);
    Map<String, Verb.Conduct> verbs = new HashMap<>(new Greeting(options).verbs());
    verbs.putAll(new Transaction(options.limits()).verbs());
    verbs.putAll(Requests.verbs(backup::etrn));
    Verb.replace(verbs, visitors, server.getCommandHandler()::addCommand);
  }

  /**
   * Starts to listen.
   *
   * @param backup stays the caller's to close, after this
   * @throws IOException if the address cannot be listened on
   */
  public static Gateway start(BackupMx backup, GatewayOptions options) throws IOException {
    Gateway gateway = new Gateway(backup, options);
    try {
      gateway.server.start();
      return gateway;
    } catch (RuntimeException e) {
      gateway.threads.shutdown();
      gateway.lookups.shutdown();
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private SMTPServer server(GatewayOptions options) {
    GatewayOptions.Limits limits = options.limits();
    SMTPServer.Builder builder =
        SMTPServer.port(listen.getPort())
            .bindAddress(listen.getAddress())
            .hostName(options.name())
            .softwareName("mxrelay")
            .executorService(threads)
            .sessionHandler(visitors)
            .serverSocketFactory(ReadAheadSocket::server)
            .serverThreadName("mx-gateway")
            .maxConnections(limits.connections())
            // The watchdog sees to the time a command may take: this counts from octet to octet.
            .connectionTimeoutMs(Math.toIntExact(limits.command().toMillis()))
            .insertReceivedHeaders(false);
    options.tls().ifPresent(tls -> builder.enableTLS().startTlsSocketFactory(s -> secure(tls, s)));
    return builder.build();
  }

  /** As the JDK thinks best, and without looking up the client's name. */
  private static SSLSocket secure(SSLContext tls, java.net.Socket socket) throws IOException {
    return (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(listen.getAddress(), server.getPortAllocated());
  }

  /**
   * Says goodbye to idle clients (421), lets those finish that are being answered, and stops
   * listening.
   */
  @Override
  public void close() {
    try {
      visitors.dismiss(FOR_THE_SERVED);
      threads.shutdownNow();
      // It would wait for its last session without end.
      Thread stopping = new Thread(server::stop, "mx-gateway-stop");
      stopping.setDaemon(true);
      stopping.start();
      stopping.join(FOR_THE_REST.toMillis());
      threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      lookups.shutdownNow();
      watchdog.close();
    }
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
