package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {

  @Test
  void anEngineTakesAProcessorOfItsOwnUnlessOneIsNamed() {
    EngineChoice open = EngineChoice.auto();
    assertThat(open.resolved()).isEqualTo(open);
    assertThat(open.withKind(EngineKind.TENSORRT).resolved().processor())
        .isEqualTo(Processor.parse("cuda:0"));
    assertThat(open.withKind(EngineKind.ONNXRUNTIME).resolved().processor())
        .isEqualTo(Processor.parse("cpu"));
    EngineChoice named =
        open.withKind(EngineKind.TENSORRT).withProcessor(Processor.parse("cuda:1"));
    assertThat(named.resolved()).isEqualTo(named);
  }

  @Test
  void theDefaultsLeaveTheEngineOpen() {
    EngineChoice choice = EngineChoice.auto();
    assertThat(choice.kind()).isEqualTo(EngineKind.AUTO);
    assertThat(choice.processor()).isEqualTo(Processor.ANY);
    assertThat(choice.batches()).containsExactly(1, 8);
    assertThat(choice.sessions()).isEqualTo(1);
  }

  @Test
  void batchesAreSortedAndCountedOnce() {
    assertThat(EngineChoice.auto().withBatches(List.of(8, 1, 8)).batches()).containsExactly(1, 8);
  }

  @Test
  void whatCannotBeIsRefused() {
    EngineChoice choice = EngineChoice.auto();
    assertThatThrownBy(() -> choice.withBatches(List.of(0, 4)))
        .hasMessage("batch is [0, 4], must be numbers from 1 to 64");
    assertThatThrownBy(() -> choice.withSessions(17)).hasMessage("sessions is 17, must be 1 to 16");
  }
}
