package org.mxrelay.smtp.metrics;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.RelayHealth;
import org.mxrelay.smtp.queue.Explanation;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.SubmissionId;

/**
 * Shows a relay to JMX, on a server of the caller's: {@code RelayBean.register(relay,
 * ManagementFactory.getPlatformMBeanServer(), "billing")}.
 *
 * <p>Safe for use by several threads.
 */
@SuppressWarnings("exports") // Whoever calls this requires the module that is optional for others.
public final class RelayBean implements RelayMXBean, AutoCloseable {

  private final MxRelay relay;
  private final MBeanServer server;
  private final ObjectName name;
  private final InstantSource clock = InstantSource.system();

  private RelayBean(MxRelay relay, MBeanServer server, ObjectName name) {
    this.relay = relay;
    this.server = server;
    this.name = name;
  }

  /**
   * Shows a relay as {@code org.mxrelay:type=Relay,name=...}.
   *
   * @param name of the relay, among those of this server
   * @return takes it away when closed; the relay stays open
   * @throws IllegalArgumentException if the name is no value for an object name, or is taken
   */
  public static RelayBean register(MxRelay relay, MBeanServer server, String name) {
    try {
      RelayBean bean = new RelayBean(relay, server, named(name));
      server.registerMBean(bean, bean.name);
      return bean;
    } catch (JMException e) {
      throw new IllegalArgumentException("name: '" + name + "' cannot be registered", e);
    }
  }

  private static ObjectName named(String name) throws MalformedObjectNameException {
    return new ObjectName("org.mxrelay:type=Relay,name=" + name);
  }

  @Override
  public String getState() {
    return relay.health().state().name();
  }

  @Override
  public String getProblem() {
    return relay.health().why();
  }

  @Override
  public long getDue() {
    return relay.stats().due();
  }

  @Override
  public long getScheduled() {
    return relay.stats().scheduled();
  }

  @Override
  public long getActive() {
    return relay.stats().leased();
  }

  @Override
  public long getHeld() {
    return relay.stats().held();
  }

  @Override
  public double getOldestDueSeconds() {
    return QueueGauges.oldest(relay.stats(), clock.instant());
  }

  @Override
  public String getLastClaim() {
    RelayHealth health = relay.health();
    return health.lastClaim().map(Instant::toString).orElse("");
  }

  @Override
  public void pause() {
    relay.pause();
  }

  @Override
  public void resume() {
    relay.resume();
  }

  @Override
  public List<String> explain(String id) {
    return relay
        .explain(new SubmissionId(id))
        .map(Explanation::lines)
        .orElse(List.of(id + " is not known here"));
  }

  @Override
  public int flush(String domain) {
    return relay.admin().flush(new Selection.To(Destination.parse(domain)));
  }

  @Override
  public void close() {
    try {
      server.unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // Somebody else took it away.
    } catch (JMException e) {
      throw new IllegalStateException(name + " cannot be taken away", e);
    }
  }
}
