package dev.flamingostreams.training;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The curves of all stages that have begun, below each other in an SVG picture. */
final class Curves {
  private static final String LOSS_COLOUR = "#0b62a8";
  private static final String ANY_COLOUR = "#57606a";
  private static final String DASHES = "7 4";

  /** Told apart by those who see few colours, too (Okabe and Ito 2008). */
  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");

  private final Recipe recipe;
  private final TrainingLog log;

  Curves(Recipe recipe, TrainingLog log) {
    this.recipe = recipe;
    this.log = log;
  }

  String toSvg() {
    List<Chart> charts = charts();
    int height = charts.size() * Chart.HEIGHT + 12;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"Helvetica, Arial, sans-serif\">\n",
            Chart.WIDTH,
            height,
            Chart.WIDTH,
            height));
    svg.append("<title>Training curves</title>\n");
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    for (int i = 0; i < charts.size(); i++) {
      svg.append(charts.get(i).toSvg(i * Chart.HEIGHT));
    }
    return svg.append("</svg>\n").toString();
  }

  private List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    for (String stage : Recipe.STAGES) {
      List<Chart.Point> losses = points(log.points(stage), CurvePoint::loss);
      losses = losses.stream().filter(point -> point.up() > 0).toList();
      if (!losses.isEmpty()) {
        charts.add(losses(stage, losses));
      }
      List<CurvePoint> gated =
          log.points(stage).stream().filter(point -> point.gates() != null).toList();
      if (!gated.isEmpty()) {
        charts.add(gates(stage, gated));
      }
    }
    return charts;
  }

  private Chart losses(String stage, List<Chart.Point> losses) {
    TrainingPlan.Stage plan = recipe.plan(stage);
    Chart.Point last = losses.get(losses.size() - 1);
    String subtitle =
        String.format(
            Locale.ROOT,
            "%s after %,.0f of %,d steps of %d examples",
            Axis.text(last.up()),
            last.across(),
            plan.steps(),
            plan.batch());
    return new Chart(
            "Stage %s: loss".formatted(stage),
            subtitle,
            across(stage),
            Axis.log("loss (nats, log scale)", range(losses).getMin(), range(losses).getMax()))
        .add(new Chart.Line(LOSS_COLOUR, "", losses));
  }

  private Axis across(String stage) {
    return Axis.linear("step", 0, recipe.plan(stage).steps());
  }

  /** The tanh gates of all blocks. */
  private Chart gates(String stage, List<CurvePoint> gated) {
    Axis up = Axis.rounded("tanh of the gate", least(gated), most(gated));
    Chart chart = new Chart("Stage %s: gates".formatted(stage), from(stage), across(stage), up);
    List<Gate> blocks = gates(gated.get(0));
    for (int i = 0; i < blocks.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      int at = i;
      chart.add(
          new Chart.Line(colour, "", points(gated, point -> gates(point).get(at).attention())));
      chart.add(
          new Chart.Line(
              colour, DASHES, points(gated, point -> gates(point).get(at).feedForward())));
      chart.explain("block " + blocks.get(i).block(), colour, "");
    }
    return chart.explain("attention", ANY_COLOUR, "").explain("feed-forward", ANY_COLOUR, DASHES);
  }

  private static String from(String stage) {
    return stage.equals(Recipe.CAPTIONS) ? "They start at 0" : "They go on from the stage before";
  }

  private static double least(List<CurvePoint> gated) {
    return Math.min(0, values(gated).min().orElse(0));
  }

  private static double most(List<CurvePoint> gated) {
    return Math.max(0, values(gated).max().orElse(0));
  }

  private static DoubleStream values(List<CurvePoint> gated) {
    return gated.stream()
        .flatMap(point -> gates(point).stream())
        .flatMapToDouble(gate -> DoubleStream.of(gate.attention(), gate.feedForward()));
  }

  private static List<Gate> gates(CurvePoint point) {
    List<Gate> gates = point.gates();
    return gates == null ? List.of() : gates;
  }

  private static List<Chart.Point> points(
      List<CurvePoint> curve, Function<CurvePoint, @Nullable Double> value) {
    List<Chart.Point> points = new ArrayList<>();
    for (CurvePoint point : curve) {
      Double up = value.apply(point);
      if (up != null) {
        points.add(new Chart.Point(point.step(), up));
      }
    }
    return points;
  }

  private static DoubleSummaryStatistics range(List<Chart.Point> points) {
    return points.stream().mapToDouble(Chart.Point::up).summaryStatistics();
  }
}
