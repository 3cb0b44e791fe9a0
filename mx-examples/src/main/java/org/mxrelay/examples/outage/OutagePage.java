package org.mxrelay.examples.outage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.mxrelay.examples.page.Html;

/**
 * A study as one HTML page, complete in itself.
 *
 * <p>Immutable.
 */
public final class OutagePage {

  private final Study study;
  private final String command;

  /**
   * A page of a study.
   *
   * @param command what makes it anew
   */
  public OutagePage(Study study, String command) {
    this.study = study;
    this.command = command;
  }

  /** The whole page. */
  public String html() {
    Html page = new Html();
    page.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
    page.markup(" style-src 'unsafe-inline'\">\n");
    page.markup("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.put("title", "", "Do you need a backup MX?");
    page.markup("<style>\n").markup(style()).markup("</style>\n</head>\n<body>\n<main>\n");
    header(page);
    new SimulatedSection(study).write(page);
    lost(page);
    spam(page);
    late(page);
    new FiguresTable(study).write(page);
    footer(page);
    return page.markup("</main>\n</body>\n</html>\n").toString();
  }

  private void header(Html page) {
    page.open("header", "top");
    page.put("p", "eyebrow", "Outage simulation");
    page.put("h1", "", "Do you need a backup MX?");
    page.put("p", "answer", new Answers(study).needed());
    page.close("header");
  }

  private void lost(Html page) {
    section(page, "Senders who try again make one mostly unneeded", new Answers(study).retries());
    page.put("h3", "", "Wanted mail that was sent during an outage and never arrived");
    page.markup(
        new LengthChart(study, "Wanted mail lost", c -> c.wanted().lostShare())
            .svg("length of the outage", "lost"));
    page.put("h3", "", "The same without a backup, by who sent it");
    new SenderTable(study.of(Setup.NONE)).write(page);
    page.close("section");
  }

  private void spam(Html page) {
    section(page, "A loose backup lets spam in", new Answers(study).spam());
    page.put("h3", "", "What became of the spam (outages of " + shortest() + ")");
    page.markup(new SpamChart(ofLength(study.options().lengths().get(0))).svg());
    page.close("section");
  }

  private String shortest() {
    return Figures.duration(study.options().lengths().get(0));
  }

  private void late(Html page) {
    Duration length = nearest(Duration.ofHours(12));
    section(page, "Delays in forwarding look like loss", new Answers(study).silence());
    page.put(
        "h3",
        "",
        "Mail that its sender was told is taken, and that was in no mailbox "
            + Figures.duration(Cell.SILENCE)
            + " later");
    page.markup(
        new LengthChart(study, "Silently late", c -> c.wanted().silentShare())
            .svg("length of the outage", "late, and nobody knows"));
    page.put(
        "h3",
        "",
        "Mail that waited for the primary, once it was back (outages of "
            + Figures.duration(length)
            + ")");
    page.markup(new ReturnChart(ofLength(length)).svg());
    page.close("section");
  }

  private Duration nearest(Duration wish) {
    return study.options().lengths().stream()
        .min(Comparator.comparing((Duration d) -> d.minus(wish).abs()))
        .orElseThrow();
  }

  private List<Cell> ofLength(Duration length) {
    return study.cells().stream().filter(c -> c.outage().equals(length)).toList();
  }

  private static void section(Html page, String title, String answer) {
    page.open("section", "card claim").put("h2", "", title).put("p", "finding", answer);
  }

  private void footer(Html page) {
    page.open("footer", "");
    page.open("p", "").text("Made by ").put("code", "", command).text(" of mxrelay. The same");
    page.text(" seed gives the same figures.").close("p");
    page.put(
        "p",
        "",
        "Who is asked next, what a reply means, when to try again and when to give up is decided by"
            + " the library's own classes, the ones that deliver real mail; the exchanges, the"
            + " network and the senders are simulated.");
    page.close("footer");
  }

  private static String style() {
    try (InputStream in = OutagePage.class.getResourceAsStream("outage.css")) {
      if (in == null) {
        throw new IllegalStateException("the resource outage.css is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
