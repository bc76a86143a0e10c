package dev.flamingostreams.cli;

import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.Processor;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/** Options that choose what runs the model. */
final class EngineSettings {
  @Option(
      names = "--engine",
      defaultValue = "auto",
      description = "auto, onnxruntime or tensorrt (auto).")
  private EngineKind engine = EngineKind.AUTO;

  @Option(
      names = "--device",
      description = "cpu, cuda or cuda:1 (what suits the engine).",
      converter = ProcessorConverter.class)
  private Processor device = Processor.ANY;

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

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /** A device, or a message of one line. */
  static final class ProcessorConverter implements ITypeConverter<Processor> {
    @Override
    public Processor convert(String text) {
      try {
        return Processor.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** What is chosen and what takes long is told on standard error. */
  EngineOptions options() {
    try {
      EngineChoice choice =
          EngineChoice.auto()
              .withKind(engine)
              .withProcessor(device)
              .withBatches(batches)
              .withSessions(sessions);
      return EngineOptions.defaults().withChoice(choice).withNotes(this::note);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--engine-" + e.getMessage(), e);
    }
  }

  private void note(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
