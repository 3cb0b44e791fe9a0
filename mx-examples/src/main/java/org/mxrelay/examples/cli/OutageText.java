package org.mxrelay.examples.cli;

import java.util.Locale;
import org.mxrelay.examples.outage.Answers;
import org.mxrelay.examples.outage.Cell;
import org.mxrelay.examples.outage.Setup;

/** The outage simulation for people. */
final class OutageText {

  static final String HEAD =
      "outage    setup                  lost     silent  half within  after return"
          + "   spam passed   reported";

  private OutageText() {}

  static String of(Cell cell) {
    return String.format(
        Locale.ROOT,
        "%-9s %-18s %7.2f %%  %7.2f %%  %11s  %12s  %9.2f %%  %7.2f %%",
        cell.setup() == Setup.NONE ? Words.of(cell.outage()) : "",
        cell.setup().title(),
        100 * cell.wanted().lostShare(),
        100 * cell.wanted().silentShare(),
        Words.of(cell.delays().quantile(0.5)),
        Words.of(cell.afterReturn().quantile(0.99)),
        100 * cell.spam().passedShare(),
        100 * cell.spam().backscatterShare());
  }

  static String of(Answers answers) {
    return "\nDo you need a backup MX? "
        + answers.needed()
        + "\n\nSenders who try again make one unneeded? "
        + answers.retries()
        + "\n\nA loose backup lets spam in? "
        + answers.spam()
        + "\n\nDelays in forwarding look like loss? "
        + answers.silence();
  }
}
