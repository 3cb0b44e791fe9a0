package org.mxrelay.smtp.engine;

import java.util.function.Function;
import org.mxrelay.smtp.Bounces;
import org.mxrelay.smtp.dsn.ReportRequest;
import org.mxrelay.smtp.message.MessageSource;

/**
 * What the sender is mailed.
 *
 * @param bounces whether anything
 * @param composer writes the reports
 */
public record Mailing(Bounces bounces, Function<ReportRequest, MessageSource> composer) {}
