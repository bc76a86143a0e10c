package dev.flamingostreams.cli;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.training.evaluation.Card;
import dev.flamingostreams.training.evaluation.EngineExaminee;
import dev.flamingostreams.training.evaluation.EvaluationPlan;
import dev.flamingostreams.training.evaluation.EvaluationReport;
import dev.flamingostreams.training.evaluation.Examinee;
import dev.flamingostreams.training.evaluation.Measure;
import dev.flamingostreams.training.evaluation.ModelEvaluation;
import dev.flamingostreams.training.evaluation.Recording;
import dev.flamingostreams.training.evaluation.UnsureThreshold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a model on fresh scenes. */
@Command(
    name = "evaluate",
    description = {
      "Renders fresh scenes, encodes them as H.264, decodes and describes them, and prints what it"
          + " measured as one line of JSON.",
      "A share stands beside the count that it is of. src/docs/evaluation.md explains the keys."
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final double MOST_MARKED = 0.04;
  private static final int MOST_FRAMES = 30;
  private static final String ALL = "all";

  @Option(
      names = "--model",
      defaultValue = Home.DEFAULT_MODEL,
      description = "Directory, or a name in models (default).")
  private String model;

  @Option(names = "--scenes", defaultValue = "200", description = "How many of each sort (200).")
  private int scenes;

  @Option(
      names = "--frames",
      split = ",",
      defaultValue = "8,12,16,20,24,30",
      description = "Per clip, 1 to 30 (8,12,16,20,24,30).")
  private List<Integer> frames;

  @Option(
      names = "--seed",
      defaultValue = "20260101",
      description = "Of the scenes; another than the training's (20260101).")
  private long seed;

  @Option(
      names = "--what",
      split = ",",
      defaultValue = ALL,
      description =
          "Of captions, timing (jitter and dropped frames), ablations, unseen, questions,"
              + " calibration, rejection, interleaved, changes (all).")
  private List<String> what;

  @Option(
      names = "--footage",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Recordings of the real world: how many windows of 2 s are marked unsure.")
  private List<Path> footage = List.of();

  @Option(
      names = "--calibrate",
      description =
          "First write into the model's config from which log-probability down a caption is"
              + " marked unsure: as high as marks at most 4 in 100 of other scenes.")
  private boolean calibrate;

  @Option(names = "--card", description = "Write the figures into the model's README.md.")
  private boolean card;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    EvaluationPlan plan = plan();
    List<Recording> recordings = recordings(plan);
    Path directory = Home.model(model);
    Card figures = new Card(ModelDirectory.open(directory));
    if (card) {
      figures.check();
    }
    if (calibrate) {
      calibrate(directory, plan.forCalibration());
    }
    EvaluationReport report = evaluate(directory, plan, recordings);
    spec.commandLine().getOut().println(report.json());
    if (card) {
      figures.write(report.json());
    }
    return report.failed() == 0 ? ExitCode.OK : ExitCode.LOST;
  }

  private EvaluationPlan plan() {
    if (scenes < 1) {
      throw ClipOptions.wrong("--scenes", scenes, "1 or more");
    }
    for (int count : frames) {
      if (count < 1 || count > MOST_FRAMES) {
        throw ClipOptions.wrong("--frames", count, "1 to " + MOST_FRAMES);
      }
    }
    return EvaluationPlan.of(seed, scenes, frames, measures());
  }

  private Set<Measure> measures() {
    EnumSet<Measure> measures = EnumSet.noneOf(Measure.class);
    for (String name : what) {
      Set<Measure> named =
          Stream.of(Measure.values())
              .filter(measure -> name.equals(ALL) || measure.key().equals(name))
              .collect(Collectors.toSet());
      if (named.isEmpty()) {
        throw ClipOptions.wrong("--what", Printable.of(name), "of " + names());
      }
      measures.addAll(named);
    }
    return measures;
  }

  private static String names() {
    return Stream.of(Measure.values()).map(Measure::key).collect(Collectors.joining(", "))
        + " or "
        + ALL;
  }

  /** Looked at before anything is rendered. */
  private List<Recording> recordings(EvaluationPlan plan) throws IOException {
    if (!footage.isEmpty() && !plan.measures().contains(Measure.REJECTION)) {
      throw new CommandException(
          ExitCode.USAGE, "--footage is for rejection, which --what leaves out");
    }
    for (Path file : footage) {
      FootageFile.check(file);
    }
    return FootageFile.of(footage);
  }

  private void calibrate(Path directory, EvaluationPlan plan) throws IOException {
    say("setting the threshold of the mark by other scenes");
    ModelDirectory files = ModelDirectory.open(directory);
    FlamingoConfig config = ConfigReader.read(files);
    double threshold =
        evaluate(directory, plan, List.of()).unsureBelow(MOST_MARKED, config.unknownTexts());
    UnsureThreshold.write(files, threshold);
    say(
        threshold == FlamingoConfig.NEVER_UNSURE
            ? "more than %.0f %% are marked for their text, so none is set"
            : "captions are marked unsure below %2$s",
        100 * MOST_MARKED,
        threshold);
  }

  private EvaluationReport evaluate(Path directory, EvaluationPlan plan, List<Recording> recordings)
      throws IOException {
    try (Stop stop = new Stop();
        Examinee examinee = new EngineExaminee(directory);
        CodecPath path = new CodecPath()) {
      stop.endsAtOnce(path::delete);
      TimeLeft left = new TimeLeft(spec.commandLine().getErr());
      EvaluationReport report = new ModelEvaluation(examinee, path, plan, recordings).run(left);
      report
          .failures()
          .forEach((why, count) -> say("flamingo: %d failed: %s", count, Printable.of(why)));
      return report;
    }
  }

  private void say(String format, Object... values) {
    spec.commandLine().getErr().printf(Locale.ROOT, format + "%n", values);
    spec.commandLine().getErr().flush();
  }
}
