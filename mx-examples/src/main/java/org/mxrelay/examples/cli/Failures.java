package org.mxrelay.examples.cli;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.QueueInUse;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one line on stderr and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final PrintStream err;

  Failures(PrintStream err) {
    this.err = err;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    return say(e.getCommandLine(), reason(e), ExitCodes.USAGE);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof UsageError) {
      return say(command, reason(e), ExitCodes.USAGE);
    }
    if (e instanceof QueueInUse) {
      return say(
          command,
          e.getMessage() + "; to add to it meanwhile there is 'mx enqueue'",
          ExitCodes.ERROR);
    }
    if (e instanceof QueueException || e instanceof UncheckedIOException) {
      return say(command, reason(e), ExitCodes.ERROR);
    }
    // Nobody foresaw this one: whoever looks into it needs to know where it came from.
    e.printStackTrace(err);
    return ExitCodes.ERROR;
  }

  private int say(CommandLine command, String what, int exit) {
    err.println(command.getCommandSpec().qualifiedName() + ": " + oneLine(what));
    return exit;
  }

  /** Why, without the input, where the one who says it names the input himself. */
  static String reason(Exception e) {
    if (e instanceof InvalidAddressException invalid) {
      return invalid.why();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Why a file cannot be read. */
  static String reading(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return "cannot be read: " + reason(e);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
  }
}
