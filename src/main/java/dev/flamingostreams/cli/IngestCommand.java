package dev.flamingostreams.cli;

import dev.flamingostreams.frames.Camera;
import dev.flamingostreams.frames.Cameras;
import dev.flamingostreams.frames.CaptureTime;
import dev.flamingostreams.frames.Ingest;
import dev.flamingostreams.frames.Outcome;
import dev.flamingostreams.frames.Sampling;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Sends video to the topic of frames. */
@Command(
    name = "ingest",
    description =
        "Sends the frames of a file or camera, or of many, to a topic. Run again, a file goes on"
            + " after its stream's last frame in the topic.")
final class IngestCommand implements Callable<Integer> {
  private static final List<String> OF_ONE =
      List.of(
          "--stream",
          "--source",
          "--rate",
          "--size",
          "--quality",
          "--start",
          "--realtime",
          "--live");

  @Option(names = "--stream", paramLabel = "ID", description = "Name of the stream.")
  private @Nullable String stream;

  @Option(names = "--source", paramLabel = "FILE|URL", description = "What to send.")
  private @Nullable String source;

  @Option(
      names = "--cameras",
      paramLabel = "FILE",
      description =
          "Many at once, from a YAML file: id and source of each under 'cameras'. What options"
              + " say of one is a key there.")
  private @Nullable Path cameras;

  @Option(names = "--topic", defaultValue = "frames", description = "Where to (frames).")
  private String topic;

  @Option(names = "--rate", defaultValue = "10", description = "Sampled frames a second (10).")
  private double rate;

  @Option(names = "--size", defaultValue = "320", description = "Longer side in pixels (320).")
  private int size;

  @Option(names = "--quality", defaultValue = "0.85", description = "Of the JPEG, to 1 (0.85).")
  private double quality;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Capture time of a file's first frame, as 2026-11-23T08:00:00Z (1970).")
  private long start;

  @Option(names = "--realtime", description = "As fast as the file plays, not as fast as possible.")
  private boolean realtime;

  @Option(
      names = "--live",
      description = "A file as if it were a camera: again and again, timed by the wall clock.")
  private boolean live;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Camera> all = cameras();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Ingest ingest = Ingest.connect(kafka.settings(), topic, true)) {
      List<Outcome> outcomes =
          ingest.run(all, new IngestLines(out, err, Boolean.getBoolean("flamingo.terminal")));
      return outcomes.stream()
          .filter(outcome -> outcome.error() != null)
          .findFirst()
          .map(IngestCommand::exitCode)
          .orElse(ExitCode.OK);
    }
  }

  private static int exitCode(Outcome failed) {
    Throwable cause = failed.cause();
    return cause == null ? ExitCode.BAD_INPUT : Failures.exitCode(cause);
  }

  private List<Camera> cameras() throws IOException {
    if (cameras != null) {
      new Given(spec)
          .refuse(OF_ONE, "is for one camera; with --cameras, its file says that of each");
      return Cameras.read(cameras);
    }
    if (stream == null || source == null) {
      throw new CommandException(
          ExitCode.USAGE, "name --stream and --source, or a file of them with --cameras");
    }
    if (live) {
      new Given(spec)
          .refuse(
              List.of("--start", "--realtime"),
              "is for a file that plays once; with --live it goes by the wall clock");
    }
    try {
      Sampling sampling = new Sampling(rate, size, quality);
      return List.of(new Camera(stream, source, sampling, start, realtime, live));
    } catch (IllegalArgumentException e) { // names what is wrong as the option is named
      throw new CommandException(ExitCode.USAGE, "--" + e.getMessage(), e);
    }
  }

  private static final class Time implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      try {
        return CaptureTime.micros(value);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'%s' is no time in UTC that microseconds count; write it like 2026-11-23T08:00:00Z"
                .formatted(value));
      }
    }
  }
}
