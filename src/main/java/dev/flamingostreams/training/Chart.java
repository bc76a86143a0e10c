package dev.flamingostreams.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over two axes, as a part of an SVG picture. */
final class Chart {
  static final int WIDTH = 880;
  static final int HEIGHT = 320;

  private static final int LEFT = 84;
  private static final int RIGHT = 40;
  private static final int TOP = 72;
  private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
  private static final int PLOT_HEIGHT = 182;
  private static final String INK = "#24292f";
  private static final String FAINT_INK = "#57606a";
  private static final String GRID = "#e4e7eb";

  private final String title;
  private final String subtitle;
  private final Axis across;
  private final Axis up;
  private final List<Line> lines = new ArrayList<>();
  private final List<Key> legend = new ArrayList<>();

  /**
   * A curve.
   *
   * @param dashes of SVG; empty for an unbroken line
   */
  record Line(String colour, String dashes, List<Point> points) {}

  /** What a colour or a dash stands for. */
  private record Key(String name, String colour, String dashes) {}

  record Point(double across, double up) {}

  Chart(String title, String subtitle, Axis across, Axis up) {
    this.title = title;
    this.subtitle = subtitle;
    this.across = across;
    this.up = up;
  }

  Chart add(Line line) {
    lines.add(line);
    return this;
  }

  Chart explain(String name, String colour, String dashes) {
    legend.add(new Key(name, colour, dashes));
    return this;
  }

  /** As a group whose upper edge is at {@code y}. */
  String toSvg(int y) {
    StringBuilder svg = new StringBuilder();
    svg.append(format("<g transform=\"translate(0 %d)\">\n", y));
    svg.append(text(LEFT, 28, 16, "start", INK, "font-weight=\"600\"", title));
    svg.append(text(LEFT, 49, 13, "start", FAINT_INK, "", subtitle));
    across.ticks().forEach(tick -> svg.append(tickAcross(tick)));
    up.ticks().forEach(tick -> svg.append(tickUp(tick)));
    svg.append(frame());
    lines.forEach(line -> svg.append(curve(line)));
    svg.append(legend());
    int bottom = TOP + PLOT_HEIGHT;
    svg.append(text(LEFT + PLOT_WIDTH / 2.0, bottom + 44, 13, "middle", INK, "", across.label()));
    String turned = format("transform=\"rotate(-90 24 %d)\"", TOP + PLOT_HEIGHT / 2);
    svg.append(text(24, TOP + PLOT_HEIGHT / 2.0, 13, "middle", INK, turned, up.label()));
    return svg.append("</g>\n").toString();
  }

  private String tickAcross(double tick) {
    double x = x(tick);
    int bottom = TOP + PLOT_HEIGHT;
    return stroke(x, TOP, x, bottom, GRID)
        + stroke(x, bottom, x, bottom + 5, FAINT_INK)
        + text(x, bottom + 21, 12, "middle", FAINT_INK, "", Axis.text(tick));
  }

  private String tickUp(double tick) {
    double y = y(tick);
    return stroke(LEFT, y, LEFT + PLOT_WIDTH, y, GRID)
        + stroke(LEFT - 5, y, LEFT, y, FAINT_INK)
        + text(LEFT - 10, y + 4, 12, "end", FAINT_INK, "", Axis.text(tick));
  }

  private static String frame() {
    int bottom = TOP + PLOT_HEIGHT;
    return stroke(LEFT, TOP, LEFT, bottom, FAINT_INK)
        + stroke(LEFT, bottom, LEFT + PLOT_WIDTH, bottom, FAINT_INK);
  }

  private String curve(Line line) {
    StringBuilder points = new StringBuilder();
    for (Point point : line.points) {
      points.append(format("%.1f,%.1f ", x(point.across), y(point.up)));
    }
    if (line.points.size() == 1) {
      Point only = line.points.get(0);
      return format(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n",
          x(only.across), y(only.up), line.colour);
    }
    return format(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\"%s/>\n",
        points.toString().strip(), line.colour, dashes(line.dashes));
  }

  private static String dashes(String dashes) {
    return dashes.isEmpty() ? "" : format(" stroke-dasharray=\"%s\"", dashes);
  }

  /** Above the plot, from the right. */
  private String legend() {
    StringBuilder svg = new StringBuilder();
    double x = LEFT + PLOT_WIDTH;
    for (int i = legend.size() - 1; i >= 0; i--) {
      Key key = legend.get(i);
      x -= 7 * key.name.length();
      svg.append(text(x, 49, 13, "start", INK, "", key.name));
      x -= 32;
      svg.append(
          format(
              "<line x1=\"%.1f\" y1=\"45\" x2=\"%.1f\" y2=\"45\" stroke=\"%s\" stroke-width=\"2\"%s/>\n",
              x, x + 26, key.colour, dashes(key.dashes)));
      x -= 18;
    }
    return svg.toString();
  }

  private double x(double value) {
    return LEFT + PLOT_WIDTH * across.position(value);
  }

  private double y(double value) {
    return TOP + PLOT_HEIGHT * (1 - up.position(value));
  }

  private static String stroke(double x1, double y1, double x2, double y2, String colour) {
    return format(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n",
        x1, y1, x2, y2, colour);
  }

  private static String text(
      double x, double y, int size, String anchor, String colour, String more, String text) {
    return format(
        "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\" fill=\"%s\" %s>%s</text>\n",
        x, y, size, anchor, colour, more, text);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
