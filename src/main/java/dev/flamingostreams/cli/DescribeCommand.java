package dev.flamingostreams.cli;

import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.frames.Sampling;
import dev.flamingostreams.frames.Video;
import dev.flamingostreams.plugin.Models;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Describes video files without Kafka. */
@Command(
    name = "describe",
    description =
        "Describes video files, without Kafka: a line per clip. A ? marks a caption that"
            + " the model is unsure of.")
final class DescribeCommand implements Callable<Integer>, FileDescription.Listener {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Video files.")
  private List<String> files;

  @Option(
      names = "--model",
      defaultValue = Home.DEFAULT_MODEL,
      description = "Directory, or a name in models (default).")
  private String model;

  @Option(
      names = "--topology",
      paramLabel = "FILE",
      description = "Take clip rules, model and task from a topology instead of from options.")
  private @Nullable String topology;

  @Option(names = "--json", description = "A caption per line, as in the captions topic.")
  private boolean json;

  @Option(names = "--whole", description = "Describe each file as one clip.")
  private boolean whole;

  @Option(names = "--frames", defaultValue = "8", description = "Of --whole: 1 to 30 (8).")
  private int frames;

  @Mixin private ClipOptions clips = new ClipOptions();

  @Mixin private EngineSettings engine = new EngineSettings();

  @Spec private CommandSpec spec;

  private static final String TOO_SHORT =
      "video %s has no clip of %d frames or more; lower --min-frames, or describe it --whole";

  private final Topic<String, Caption> topic = Topic.captions("captions");
  private int exitCode = ExitCode.OK;
  private double seconds;

  @Override
  public Integer call() {
    if (frames < 1 || frames > ClipRules.MOST_FRAMES) {
      throw ClipOptions.wrong("--frames", frames, "1 to 30");
    }
    refuseWhatMeansNothing();
    try (Stop stop = new Stop();
        Models models = Home.models(engine.options())) {
      stop.endsAtOnce(() -> {});
      if (topology == null) {
        ClipRules rules = clips.rules();
        describe(rules, models.describer(Home.model(model), Task.plain()));
      } else {
        TopologyFile file = TopologyFile.read(Home.topology(topology));
        describe(file.clips(), models.describer(file));
      }
    }
    return exitCode;
  }

  private void refuseWhatMeansNothing() {
    Given given = new Given(spec);
    if (topology != null) {
      given.refuse(List.of("--model"), "is in the file of --topology");
      given.refuseMixin("clips", "is in the file of --topology");
    }
    if (whole) {
      given.refuseMixin("clips", "cuts clips, and --whole makes one of each file");
    } else {
      given.refuse(List.of("--frames"), "is for --whole");
    }
  }

  private void describe(ClipRules rules, Describer describer) {
    long start = System.nanoTime();
    files.forEach(file -> describe(file, rules, describer));
    double took = (System.nanoTime() - start) / 1e9;
    if (seconds > 0) {
      say(
          String.format(
              Locale.ROOT,
              "%.1f s of video in %.1f s, %.1f times as fast as it plays",
              seconds,
              took,
              seconds / took));
    }
  }

  /** One bad file does not stop the others. */
  private void describe(String file, ClipRules rules, Describer describer) {
    if (!json) {
      out().println(file);
    }
    try (Video video = Video.open(file)) {
      FileDescription description = new FileDescription(file, describer, this);
      if (whole) {
        description.whole(video, Sampling.DEFAULT, frames);
      } else {
        description.cut(video, Sampling.DEFAULT.withRate(sampledRate(rules)), rules);
      }
      seconds += video.durationMicros().orElse(0) / 1e6;
      Optional<String> damage = video.damage();
      damage.ifPresent(this::complain);
      if (damage.isEmpty() && description.clips() == 0) {
        complain(TOO_SHORT.formatted(file, rules.minFrames()));
      }
    } catch (IOException e) {
      complain(Failures.line(e));
    }
  }

  /** Twice what the clips look at, so that the nearest frame of a jittery video is near. */
  private static double sampledRate(ClipRules rules) {
    double looked = Math.min(rules.rate(), rules.samples() * 1e9 / rules.length().toNanos());
    return Math.min(2 * looked, Sampling.MOST_RATE);
  }

  @Override
  public void caption(Caption caption) {
    if (json) {
      byte[] line = topic.valueSerde().serializer().serialize(topic.name(), caption);
      out().println(new String(line, StandardCharsets.UTF_8));
    } else {
      out().println(TimeLine.of(caption));
      TimeLine.details(caption).forEach(out()::println);
    }
    out().flush();
  }

  @Override
  public void failed(Clip clip, Throwable reason) {
    exitCode = ExitCode.LOST;
    spec.commandLine()
        .getErr()
        .println("flamingo: clip " + clip.id() + ": " + Failures.line(reason));
  }

  private void complain(String line) {
    exitCode = Math.max(exitCode, ExitCode.BAD_INPUT);
    say("flamingo: " + line);
  }

  private void say(String line) {
    out().flush();
    spec.commandLine().getErr().println(line);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
