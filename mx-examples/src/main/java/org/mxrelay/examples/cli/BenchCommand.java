package org.mxrelay.examples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks. */
@Command(
    name = "bench",
    description = "Measures how fast mail leaves, and at what price.",
    synopsisSubcommandLabel = "BENCHMARK")
final class BenchCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  private BenchCommand() {}

  /** The command with its benchmarks. */
  static CommandLine with(Streams streams) {
    return new CommandLine(new BenchCommand())
        .addSubcommand(new BenchSinkCommand(streams))
        .addSubcommand(new BenchClientCommand(streams))
        .addSubcommand(new BenchRelayCommand(streams))
        .addSubcommand(new BenchDnsCommand(streams));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a benchmark: " + String.join(", ", spec.subcommands().keySet()));
  }
}
