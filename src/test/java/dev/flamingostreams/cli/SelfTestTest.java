package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.Processor;
import org.junit.jupiter.api.Test;

class SelfTestTest {

  @Test
  void theDefaultModelTellsTheSceneRightOnTheCpu() throws InterruptedException {
    SelfTest test = new SelfTest(EngineKind.ONNXRUNTIME, Processor.parse("cpu"));
    SelfTest.Result result = test.run("src/main/models/default", note -> {});
    assertThat(result.problem()).isNull();
    assertThat(result.caption()).isEqualTo(result.shown());
  }
}
