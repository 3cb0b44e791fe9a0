package org.mxrelay.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "mx",
    description = "Outbound MX delivery: where mail goes, what replies mean, and getting it there.",
    footer = {
      "",
      "Exit: 0 done, 1 unexpected error, 2 usage, 65 a message was bounced or expired,",
      "75 something is still queued.",
      "Durations: 250ms, 90s, 5m, 4h, 5d."
    },
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Mx.Version.class)
public final class Mx implements Runnable {

  @Option(
      names = "--help",
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "Shows this help.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Shows the version.")
  @SuppressWarnings("unused") // picocli acts on it
  private boolean version;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Mx() {}

  /** Runs a command and exits as it says. */
  public static void main(String[] args) {
    System.exit(run(Streams.ofProcess(), args));
  }

  /** Runs a command in this process and returns its exit code. */
  static int run(Streams streams, String... args) {
    return commands(streams).execute(args);
  }

  private static CommandLine commands(Streams streams) {
    CommandLine commands =
        new CommandLine(new Mx())
            .addSubcommand(routeCommand(streams))
            .addSubcommand(new ClassifyCommand(streams))
            .addSubcommand(new ScheduleCommand(streams))
            .addSubcommand(new SendCommand(streams))
            .addSubcommand(new EnqueueCommand(streams))
            .addSubcommand(new RunCommand(streams))
            .addSubcommand(new QueueCommand(streams))
            .addSubcommand(new AuditCommand(streams))
            .addSubcommand(new OutageCommand(streams))
            .addSubcommand(relayCommand(streams))
            .addSubcommand(new DemoCommand(streams))
            .addSubcommand(BenchCommand.with(streams));
    CommonOptions.addTo(commands);
    Failures failures = new Failures(streams.err());
    return commands
        .setOut(new PrintWriter(streams.out(), true, UTF_8))
        .setErr(new PrintWriter(streams.err(), true, UTF_8))
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  /** A name that starts with a hyphen is no domain, which is for the router to say. */
  private static CommandLine routeCommand(Streams streams) {
    return new CommandLine(new RouteCommand(streams)).setUnmatchedOptionsArePositionalParams(true);
  }

  /** Models are transformed of whole command lines only. */
  private static CommandLine relayCommand(Streams streams) {
    return new CommandLine(new RelayCommand(streams));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "name a command: " + String.join(", ", spec.subcommands().keySet()));
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = Mx.class.getPackage().getImplementationVersion();
      return new String[] {"mx " + (version == null ? "(not packaged)" : version)};
    }
  }
}
