package org.mxrelay.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.mxrelay.dns.MxPublication.ServerWord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/**
 * Asks a server for what it knows itself: without recursion, without a cache. Thread-safe.
 *
 * @param executor where answers are read
 * @param limit keeps the time
 * @param patience how long a server may take
 */
record DirectInquirer(Executor executor, TimeLimit limit, Duration patience) {

  private static final int NO_EDNS = -1;

  /** Completes with what the server says, never exceptionally. */
  CompletableFuture<ServerWord> ask(InetSocketAddress server, String name, Question question) {
    CompletionStage<ServerWord> word =
        send(server, question)
            .thenApply(message -> read(name, question, message))
            .exceptionally(e -> silent(name, Reading.of(e, patience)));
    return limit.within(patience, word, () -> silent(name, Reading.silent(patience)));
  }

  private CompletionStage<Message> send(InetSocketAddress server, Question question) {
    SimpleResolver resolver = new SimpleResolver(server);
    resolver.setTimeout(patience);
    // What is larger comes by TCP, which every authority has to know (RFC 7766, 5).
    resolver.setEDNS(NO_EDNS, 0, 0, List.of());
    Message query = question.toQuery();
    query.getHeader().unsetFlag(Flags.RD);
    try {
      return resolver.sendAsync(query, executor);
    } catch (Exception e) { // dnsjava lets checked exceptions out where it opens its selector
      return CompletableFuture.failedFuture(e);
    }
  }

  private static ServerWord silent(String name, Reading.Trouble trouble) {
    return new ServerWord(name, List.of(), trouble.words());
  }

  private static ServerWord read(String name, Question question, Message message) {
    int rcode = message.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return new ServerWord(name, List.of(), "answers " + Rcode.string(rcode));
    } else if (!message.getHeader().getFlag(Flags.AA)) {
      return new ServerWord(name, List.of(), "is not the authority");
    }
    List<PublishedMx> records =
        message.getSection(Section.ANSWER).stream()
            .filter(record -> isAnswer(record, question))
            .map(record -> PublishedMx.of((MXRecord) record))
            .limit(MxAnswers.MOST_RECORDS)
            .toList();
    return new ServerWord(name, records, "");
  }

  private static boolean isAnswer(Record record, Question question) {
    return record instanceof MXRecord
        && record.getDClass() == DClass.IN
        && record.getName().equals(question.name());
  }
}
