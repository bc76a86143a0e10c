package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.Processor;

/**
 * What a topology wants its model to be run by, and where: several GPUs are used by topologies that
 * name different ones.
 *
 * @param kind AUTO leaves it to the program
 * @param processor ANY leaves it to the program
 */
public record EnginePlan(EngineKind kind, Processor processor) {
  /** Everything is left to the program. */
  public static final EnginePlan OPEN = new EnginePlan(EngineKind.AUTO, Processor.ANY);

  /** What the program was told stays. */
  EngineChoice with(EngineChoice program) {
    EngineChoice choice = program;
    if (program.kind() == EngineKind.AUTO) {
      choice = choice.withKind(kind);
    }
    return program.processor().equals(Processor.ANY) ? choice.withProcessor(processor) : choice;
  }
}
