/** The queue, the SMTP client and the engine that deliver what mx-core routes. */
module org.mxrelay.smtp {
  requires transitive org.mxrelay.core;
  requires static transitive org.jspecify;
  requires org.slf4j;
  requires transitive java.sql;
  // Not transitive: whoever lacks what is optional could not compile against us.
  requires static jakarta.mail;
  requires static org.eclipse.angus.mail;
  requires static micrometer.core;
  requires static java.management;

  exports org.mxrelay.smtp;
  exports org.mxrelay.smtp.backup;
  exports org.mxrelay.smtp.backup.filter;
  exports org.mxrelay.smtp.client;
  exports org.mxrelay.smtp.dsn;
  exports org.mxrelay.smtp.jakarta;
  exports org.mxrelay.smtp.message;
  exports org.mxrelay.smtp.metrics;
  exports org.mxrelay.smtp.queue;
  exports org.mxrelay.smtp.queue.jdbc;
  exports org.mxrelay.smtp.transport;

  uses org.mxrelay.smtp.queue.QueueFactory;
  uses org.mxrelay.smtp.transport.TransportFactory;

  provides org.mxrelay.smtp.queue.QueueFactory with
      org.mxrelay.smtp.queue.MemoryQueueFactory,
      org.mxrelay.smtp.queue.jdbc.SqliteQueueFactory;
  provides org.mxrelay.smtp.transport.TransportFactory with
      org.mxrelay.smtp.client.SmtpTransportFactory,
      org.mxrelay.smtp.jakarta.AngusTransportFactory;
}
