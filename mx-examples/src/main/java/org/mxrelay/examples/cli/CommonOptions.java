package org.mxrelay.examples.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options that every command takes, so that a script may give the same ones to all. A command
 * checks their form even where they mean nothing to it; its help shows those that do.
 */
final class CommonOptions {

  private CommonOptions() {}

  /** Adds to each command those that it does not have of its own. */
  static void addTo(CommandLine commands) {
    for (CommandLine command : commands.getSubcommands().values()) {
      for (Object mixin : List.of(new DeliveryOptions(), new QueueOptions(), new OutputOptions())) {
        addMissing(command.getCommandSpec(), CommandSpec.forAnnotatedObject(mixin).options());
      }
    }
  }

  private static void addMissing(CommandSpec command, List<OptionSpec> common) {
    for (OptionSpec option : common) {
      if (command.findOption(option.longestName()) == null) {
        command.addOption(OptionSpec.builder(option).hidden(true).build());
      }
    }
  }
}
