package org.mxrelay.smtp.backup.filter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mxrelay.smtp.backup.ContentFilter;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.HeaderField;
import org.mxrelay.smtp.backup.InboundMessage;
import org.mxrelay.smtp.backup.SenderTrust;

/**
 * Several filters, one after the other: the first that does not accept has the last word. All of
 * them see the message as it came; the fields of each are added; one that vouches for the sender is
 * enough. Closes them.
 *
 * <p>Safe for use by several threads.
 */
public final class FilterChain implements ContentFilter {

  private final List<ContentFilter> filters;

  private FilterChain(List<ContentFilter> filters) {
    this.filters = filters;
  }

  /** A filter that asks all of these, in order; with none it accepts everything. */
  public static ContentFilter of(List<ContentFilter> filters) {
    return filters.size() == 1 ? filters.get(0) : new FilterChain(List.copyOf(filters));
  }

  @Override
  public FilterVerdict filter(InboundMessage message) throws IOException, InterruptedException {
    SenderTrust trust = SenderTrust.UNKNOWN;
    List<HeaderField> fields = new ArrayList<>();
    for (ContentFilter one : filters) {
      FilterVerdict verdict = one.filter(message);
      if (!(verdict instanceof FilterVerdict.Accept accept)) {
        return verdict;
      }
      fields.addAll(accept.add());
      trust = accept.sender() == SenderTrust.VOUCHED ? SenderTrust.VOUCHED : trust;
    }
    return new FilterVerdict.Accept(trust, fields);
  }

  @Override
  public void close() {
    filters.forEach(ContentFilter::close);
  }
}
