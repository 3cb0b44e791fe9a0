/** Where a destination's mail goes, what a server's reply means, and when to try again. */
module org.mxrelay.core {
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires org.dnsjava;
  requires io.github.resilience4j.retry;
  requires io.github.resilience4j.core;
  requires static com.ibm.icu;

  exports org.mxrelay;
  exports org.mxrelay.address;
  exports org.mxrelay.audit;
  exports org.mxrelay.dns;
  exports org.mxrelay.reply;
  exports org.mxrelay.retry;
  exports org.mxrelay.routing;
  exports org.mxrelay.tls;
}
