package org.mxrelay.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mxrelay.smtp.client.CellRun.Report;

/** The matrix as one page for a browser that needs nothing else: colours, and what was said. */
final class MatrixPage {

  private static final List<Group> GROUPS =
      List.of(
          new Group("opening", Place.CONNECT, Place.HELO),
          new Group("TLS", Place.STARTTLS, Place.EHLO2),
          new Group("envelope", Place.MAIL, Place.DATA),
          new Group("message", Place.BODY0, Place.DOT),
          new Group("in one chunk", Place.CHUNK, Place.CMAIL),
          new Group("next message", Place.REUSE, Place.RSET),
          new Group("end", Place.QUIT, Place.QUIT));

  private final Map<String, List<Report>> cells = new LinkedHashMap<>();
  private final List<Report> reports;

  private MatrixPage(List<Report> reports) {
    this.reports = reports;
    for (Report report : reports) {
      cells
          .computeIfAbsent(
              id(report.cell().fault(), report.cell().place()), id -> new ArrayList<>())
          .add(report);
    }
  }

  private record Group(String words, Place first, Place last) {
    int size() {
      return last.ordinal() - first.ordinal() + 1;
    }
  }

  static void write(Path file, List<Report> reports) throws IOException {
    MatrixPage page = new MatrixPage(reports);
    String text =
        template()
            .replace("@SUMMARY@", page.summary())
            .replace("@TABLE@", page.table())
            .replace("@DATA@", page.data());
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String template() throws IOException {
    try (InputStream in = MatrixPage.class.getResourceAsStream("stage-fault-page.html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String summary() {
    long wrong = reports.stream().filter(r -> !MatrixRun.isExpected(r)).count();
    return reports.size()
        + " sessions in "
        + cells.size()
        + " cells, "
        + (wrong == 0 ? "all as the table says." : wrong + " not as the table says.");
  }

  // The grid ---------------------------------------------------------------------------------

  private String table() {
    StringBuilder html = new StringBuilder("<thead><tr class=\"groups\"><th></th>");
    for (Group group : GROUPS) {
      html.append("<th colspan=\"%d\">%s</th>".formatted(group.size(), group.words()));
    }
    html.append("</tr>\n<tr class=\"places\"><th></th>");
    for (Place place : Place.values()) {
      html.append("<th title=\"%s\">%s</th>".formatted(place.words(), place));
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (Fault fault : Fault.values()) {
      html.append("<tr><th>%s<small>%s</small></th>".formatted(fault, fault.words()));
      for (Place place : Place.values()) {
        html.append(cell(fault, place));
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>").toString();
  }

  private String cell(Fault fault, Place place) {
    List<Report> all = cells.getOrDefault(id(fault, place), List.of());
    if (all.isEmpty()) {
      return "<td class=\"none\"></td>";
    }
    boolean wrong = !all.stream().allMatch(MatrixRun::isExpected);
    String title = all.stream().map(MatrixPage::brief).collect(Collectors.joining("\n"));
    return "<td><button id=\"%s\" class=\"%s\" title=\"%s\" style=\"background:%s\">%s</button></td>"
        .formatted(id(fault, place), wrong ? "wrong" : "", escaped(title), stripes(all), word(all));
  }

  private static String brief(Report report) {
    return report.cell().variant().words() + ": " + report.found();
  }

  private static String word(List<Report> all) {
    List<String> words = all.stream().map(MatrixPage::colour).distinct().toList();
    return words.size() == 1
        ? words.get(0)
        : words.stream().map(w -> w.substring(0, 3)).collect(Collectors.joining("/"));
  }

  private static String stripes(List<Report> all) {
    if (all.stream().map(MatrixPage::colour).distinct().count() == 1) {
      return "var(--" + colour(all.get(0)) + ")";
    }
    StringBuilder gradient = new StringBuilder("linear-gradient(90deg");
    for (int i = 0; i < all.size(); i++) {
      gradient.append(
          ",var(--%s) %d%% %d%%"
              .formatted(colour(all.get(i)), 100 * i / all.size(), 100 * (i + 1) / all.size()));
    }
    return gradient.append(")").toString();
  }

  private static String colour(Report report) {
    boolean inClear = report.outcome().equals("relayed") && report.cell().variant().isTls();
    return inClear ? "clear" : report.outcome().replace("relayed-tls", "relayed");
  }

  // What is behind a cell --------------------------------------------------------------------

  private String data() {
    StringBuilder json = new StringBuilder("{");
    cells.forEach(
        (id, all) -> {
          Report first = all.get(0);
          String title =
              "%s at %s. The server: %s. Where: %s"
                  .formatted(
                      first.cell().fault(),
                      first.cell().place(),
                      first.cell().fault().words(),
                      first.cell().place().words());
          json.append(json.length() > 1 ? ",\n" : "\n")
              .append("%s:{\"title\":%s,\"runs\":[".formatted(quoted(id), quoted(title)))
              .append(all.stream().map(MatrixPage::run).collect(Collectors.joining(",")))
              .append("]}");
        });
    return json.append("}").toString();
  }

  private static String run(Report report) {
    String cost =
        "%d ms; sockets open after it %d, in the end %d; messages taken %d"
            .formatted(report.millis(), report.openAfter(), report.openInTheEnd(), report.taken());
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("kind", report.cell().variant().words());
    fields.put("found", report.found());
    fields.put("expected", report.cell().expected());
    fields.put("colour", colour(report));
    fields.put("why", why(report));
    fields.put("cost", cost);
    fields.put("wire", String.join("\n", report.transcript()));
    return "{%s,\"wrong\":%s}"
        .formatted(
            fields.entrySet().stream()
                .map(e -> quoted(e.getKey()) + ":" + quoted(e.getValue()))
                .collect(Collectors.joining(",")),
            !MatrixRun.isExpected(report));
  }

  private static String why(Report report) {
    return report
        .target()
        .fold(
            answered -> answered.reply().printable(),
            refused -> refused.reply().printable(),
            lacking -> lacking.why(),
            next -> next.reply().printable(),
            broken -> broken.cause());
  }

  private static String id(Fault fault, Place place) {
    return fault + "-" + place;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c ->
                json.append(
                    c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '&'
                        ? String.format("\\u%04x", c)
                        : String.valueOf((char) c)));
    return json.append('"').toString();
  }
}
