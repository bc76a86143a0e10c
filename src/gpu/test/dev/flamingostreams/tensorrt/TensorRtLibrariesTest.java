package dev.flamingostreams.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ai.djl.engine.Engine;
import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.GpuSupport;
import org.junit.jupiter.api.Test;

/** Also where there is no GPU. */
class TensorRtLibrariesTest {

  @Test
  void tensorRtLoads() {
    assertThat(TensorRtLibraries.load()).isEqualTo("8.6.1");
  }

  @Test
  void djlFindsItsEngineThen() {
    TensorRtLibraries.load();
    assertThat(Engine.getEngine("TensorRT").getVersion()).isEqualTo("8.6.1");
  }

  @Test
  void theLibrariesAreComplete() {
    assertThat(TensorRtLibraries.all()).allMatch(library -> library.path().isPresent());
  }

  @Test
  void whatTensorRtBuildsWithIsFoundByName() {
    assertThatCode(TensorRtLibraries::checkBuilder).doesNotThrowAnyException();
  }

  @Test
  void theRestOfTheProjectFindsTensorRt() {
    assertThat(GpuSupport.all()).extracting(GpuSupport::engine).contains("TensorRT");
  }

  @Test
  void aBuilderOpensOrOneLineSaysWhyNot() {
    assertThat(opening()).matches("opened|[^\n]*NVIDIA driver[^\n]*; [^\n]*");
  }

  private static String opening() {
    try (TensorRtBuilder opened = TensorRtBuilder.open()) {
      return opened.lastError() + "opened";
    } catch (GpuException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
