package dev.flamingostreams.cli;

import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.plugin.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/** Options that choose what runs the model. */
final class EngineSettings {
  private static final Duration LONGEST_LINGER = Duration.ofSeconds(10);
  private static final long MOST_MEGABYTES = 1 << 20;

  @Option(
      names = "--engine",
      defaultValue = "auto",
      description = "auto, onnxruntime or tensorrt (auto).")
  private EngineKind engine = EngineKind.AUTO;

  @Mixin private final DeviceOption device = new DeviceOption();

  @Option(
      names = "--engine-batch",
      split = ",",
      defaultValue = "1,8",
      description = "Clips at once that TensorRT compiles for (1,8).")
  private List<Integer> batches = List.of(1, 8);

  @Option(
      names = "--engine-sessions",
      defaultValue = "1",
      description = "Sessions side by side, each with its own copy of the weights (1).")
  private int sessions = 1;

  @Option(
      names = "--engine-linger",
      description = "How long a clip may wait for others to share a batch with (5ms).",
      converter = LingerConverter.class)
  private @Nullable Duration linger;

  @Option(
      names = "--engine-cache",
      description = "Size of the frame features that are kept (heap / 8, at most 256MB).",
      converter = SizeConverter.class)
  private @Nullable Long cache;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** A duration up to 10 s, or a message of one line. */
  static final class LingerConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration duration = read(text, Units::duration);
      if (duration.compareTo(LONGEST_LINGER) > 0) {
        throw new TypeConversionException("'%s' is not between 0ms and 10s".formatted(text));
      }
      return duration;
    }
  }

  /** A size up to 1 TB, or a message of one line. */
  static final class SizeConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return read(text, size -> Units.bytes(size, MOST_MEGABYTES));
    }
  }

  private static <T> T read(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** What is chosen and what takes long is told on standard error. */
  EngineOptions options() {
    try {
      EngineChoice choice =
          EngineChoice.auto()
              .withKind(engine)
              .withProcessor(device.processor())
              .withBatches(batches)
              .withSessions(sessions);
      EngineOptions options = EngineOptions.defaults().withChoice(choice).withNotes(this::note);
      return options
          .withLinger(linger == null ? options.linger() : linger)
          .withCacheBytes(cache == null ? options.cacheBytes() : cache);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--engine-" + e.getMessage(), e);
    }
  }

  /** A line on standard error. */
  void note(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
