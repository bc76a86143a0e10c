package dev.flamingostreams.cli;

import dev.flamingostreams.engine.Processor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where the model runs. */
final class DeviceOption {
  @Option(
      names = "--device",
      description = "cpu, cuda or cuda:1 (what suits the engine).",
      converter = Converter.class)
  private Processor device = Processor.ANY;

  /** A device, or a message of one line. */
  static final class Converter implements ITypeConverter<Processor> {
    @Override
    public Processor convert(String text) {
      try {
        return Processor.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  Processor processor() {
    return device;
  }
}
