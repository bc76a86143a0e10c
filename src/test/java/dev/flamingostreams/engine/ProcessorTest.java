package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorTest {

  @Test
  void readsTheCpuAndGpusByNumber() {
    assertThat(Processor.parse("cpu")).isEqualTo(new Processor(Processor.Kind.CPU, 0));
    assertThat(Processor.parse("cuda")).isEqualTo(new Processor(Processor.Kind.CUDA, 0));
    assertThat(Processor.parse("cuda:3")).isEqualTo(new Processor(Processor.Kind.CUDA, 3));
    assertThat(Processor.parse("cuda:3")).hasToString("cuda:3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:9999", "CPU"})
  void refusesWhatIsNoProcessor(String text) {
    assertThatThrownBy(() -> Processor.parse(text))
        .hasMessage("'%s' is no device, must be cpu, cuda or cuda: and the number of a GPU", text);
  }
}
