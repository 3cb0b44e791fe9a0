package org.mxrelay.examples.cli;

import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of the delivering commands that mean nothing to a backup MX: its help does not show
 * them, and whoever gives one is told what there is in its place. Those that mean something else
 * there are described so.
 */
final class NotForRelay implements IModelTransformer {

  private static final String PRIMARY = "relay forwards to the primary alone: see --primary";

  private static final Map<String, String> WHY = why();

  private static final Map<String, String> OTHERWISE =
      Map.of(
          "--retry",
          "How often a message is tried that the primary defers though it is up:"
              + " exp:INITIAL,MAX[,FACTOR[,JITTER]] or a list such as 1s,2s*3,1m. Default:"
              + " exp:5m,30m.",
          "--delay-notice",
          "The age at which senders whom the filter vouched for are told that their message is"
              + " late. Default: none.");

  private static Map<String, String> why() {
    Map<String, String> why = new HashMap<>();
    why.put("--expire", "relay holds mail for --max-hold, and then does --after-max-hold");
    why.put("--retry-to", "relay has one schedule for all its domains: see --retry");
    why.put("--transport", "relay speaks with the primary live, which its own client alone can do");
    for (String option :
        new String[] {
          "--smart-host",
          "--smart-host-tls",
          "--lmtp",
          "--user",
          "--password-file",
          "--token-file",
          "--auth-over"
        }) {
      why.put(option, PRIMARY);
    }
    return Map.copyOf(why);
  }

  @Override
  public CommandSpec transform(CommandSpec command) {
    WHY.keySet()
        .forEach(
            name -> replace(command, name, OptionSpec.builder(option(command, name)).hidden(true)));
    OTHERWISE.forEach(
        (name, text) ->
            replace(command, name, OptionSpec.builder(option(command, name)).description(text)));
    return command;
  }

  private static OptionSpec option(CommandSpec command, String name) {
    return command.findOption(name);
  }

  private static void replace(CommandSpec command, String name, OptionSpec.Builder by) {
    command.remove(option(command, name));
    command.addOption(by.build());
  }

  /**
   * @throws UsageError if one of them was given
   */
  static void refuse(ParseResult given) {
    WHY.forEach(
        (name, why) -> {
          if (given.hasMatchedOption(name)) {
            throw new UsageError(name + ": " + why);
          }
        });
  }
}
