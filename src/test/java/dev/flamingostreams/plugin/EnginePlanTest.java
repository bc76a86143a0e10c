package dev.flamingostreams.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.Processor;
import org.junit.jupiter.api.Test;

class EnginePlanTest {
  private static final Processor SECOND = new Processor(Processor.Kind.CUDA, 1);

  private final EngineChoice open = EngineChoice.auto();
  private final EnginePlan plan = new EnginePlan(EngineKind.TENSORRT, SECOND);

  @Test
  void aTopologyDecidesWhatTheProgramLeavesOpen() {
    EngineChoice choice = plan.with(open);
    assertThat(choice.kind()).isEqualTo(EngineKind.TENSORRT);
    assertThat(choice.processor()).isEqualTo(SECOND);
    assertThat(EnginePlan.OPEN.with(open)).isEqualTo(open);
  }

  @Test
  void whatTheProgramWasToldStays() {
    EngineChoice told = open.withKind(EngineKind.ONNXRUNTIME).withProcessor(Processor.parse("cpu"));
    assertThat(plan.with(told)).isEqualTo(told);
  }
}
