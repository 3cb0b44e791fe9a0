package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.ReplyClassifier;
import org.mxrelay.reply.Verdict;
import picocli.CommandLine.Command;

/** What replies mean. */
@Command(
    name = "classify",
    description = {
      "Reads replies as JSON lines on stdin and says what each means, as JSON lines.",
      "A line: {\"id\",\"stage\",\"code\",\"enhanced\",\"text\"}; stage and enhanced may be null."
    })
final class ClassifyCommand implements Callable<Integer> {

  private final Streams streams;
  private final ReplyClassifier classifier = ReplyClassifier.standard();

  ClassifyCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    int exit = ExitCodes.OK;
    // The output is JSON in any case, as the input is.
    Output out = new Output(streams.out(), Output.Form.JSON);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        if (!line.isBlank() && !judge(line, number, out)) {
          exit = ExitCodes.USAGE;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("stdin cannot be read", e);
    }
    return exit;
  }

  /** Whether the line could be read: a bad one does not keep the others from being judged. */
  private boolean judge(String line, int number, Output out) {
    try {
      ReplyLine asked = ReplyLine.parse(line);
      out.print(
          record(asked, classifier.classify(asked.reply(), asked.at())), JsonObject::toString);
      return true;
    } catch (IllegalArgumentException e) {
      streams.err().println("mx classify: line " + number + ": " + Failures.reason(e));
      return false;
    }
  }

  private static JsonObject record(ReplyLine asked, Judgement judgement) {
    boolean relayed = judgement.verdict() == Verdict.RELAYED;
    return new JsonLine()
        .put("id", asked.id())
        .put("verdict", judgement.verdict().word())
        .put("permanent", judgement.isPermanent())
        .put("category", relayed ? "delivered" : judgement.category().word())
        .put("status", judgement.status().toString())
        .put("rule", judgement.rule())
        .done();
  }
}
