package org.mxrelay.smtp.engine;

import java.util.List;
import java.util.function.BiConsumer;
import org.mxrelay.smtp.Postponement;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several listeners as one that never throws.
 *
 * <p>Immutable.
 */
public final class Listeners implements RelayListener {

  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final List<RelayListener> all;

  public Listeners(List<RelayListener> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public void queued(RelayEvent.Queued event) {
    tell(RelayListener::queued, event);
  }

  @Override
  public void claimed(RelayEvent.Claimed event) {
    tell(RelayListener::claimed, event);
  }

  @Override
  public void routed(RelayEvent.Routed event) {
    tell(RelayListener::routed, event);
  }

  @Override
  public void attempted(RelayEvent.Attempted event) {
    tell(RelayListener::attempted, event);
  }

  @Override
  public void tls(RelayEvent.Tls event) {
    tell(RelayListener::tls, event);
  }

  @Override
  public void deferred(RelayEvent.Deferred event) {
    tell(RelayListener::deferred, event);
  }

  @Override
  public void uncertain(RelayEvent.Uncertain event) {
    tell(RelayListener::uncertain, event);
  }

  @Override
  public void delayed(RelayEvent.Delayed event) {
    tell(RelayListener::delayed, event);
  }

  @Override
  public void held(RelayEvent.Held event) {
    tell(RelayListener::held, event);
  }

  @Override
  public void leaseLost(RelayEvent.LeaseLost event) {
    tell(RelayListener::leaseLost, event);
  }

  @Override
  public void givenBack(RelayEvent.GivenBack event) {
    tell(RelayListener::givenBack, event);
  }

  @Override
  public void postponed(Postponement event) {
    tell(RelayListener::postponed, event);
  }

  @Override
  public void ended(Outcome outcome) {
    tell(RelayListener::ended, outcome);
  }

  private <E> void tell(BiConsumer<RelayListener, E> method, E event) {
    for (RelayListener listener : all) {
      try {
        method.accept(listener, event);
      } catch (Exception | AssertionError | LinkageError e) {
        log.error("a listener failed on {}; mail goes on", event.getClass().getSimpleName(), e);
      }
    }
  }
}
