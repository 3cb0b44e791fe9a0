package org.mxrelay.tls;

import org.mxrelay.address.Domain;

/** Gets a domain's policy from where the domain publishes it. Thread-safe. */
@FunctionalInterface
interface PolicyFetcher {

  PolicyAnswer fetch(Domain domain) throws InterruptedException;
}
