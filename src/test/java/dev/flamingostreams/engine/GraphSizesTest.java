package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GraphSizesTest {
  private final GraphSizes.Compiled compiled =
      new GraphSizes.Compiled(List.of(1, 8, 16), List.of(8, 16, 24, 30), List.of(1, 8, 32));

  @Test
  void theNextCompiledSizeIsPaddedTo() {
    assertThat(compiled.clips(1)).isEqualTo(1);
    assertThat(compiled.clips(2)).isEqualTo(8);
    assertThat(compiled.clips(40)).isEqualTo(16);
    assertThat(compiled.clipFrames(9)).isEqualTo(16);
    assertThat(compiled.frames(9)).isEqualTo(32);
  }

  @Test
  void aLongerClipThanAnyGetsAGraphOfItsOwn() {
    assertThat(compiled.clipFrames(31)).isEqualTo(31);
  }

  @Test
  void whatDoesNotFitIntoMemoryIsLeftOut() {
    assertThat(compiled.without(graph(Graphs.DESCRIBE), 8))
        .contains(
            new GraphSizes.Compiled(List.of(1), compiled.clipFrameSizes(), compiled.frameSizes()));
    assertThat(compiled.without(graph(Graphs.VISION), 32))
        .contains(
            new GraphSizes.Compiled(
                compiled.clipSizes(), compiled.clipFrameSizes(), List.of(1, 8)));
    assertThat(compiled.without(graph(Graphs.RESAMPLER), 1)).isEmpty();
  }

  @Test
  void onACpuGraphsAreMadeForWhatIsThere() {
    GraphSizes sizes = new GraphSizes.OnDemand(8, 8);
    assertThat(sizes.clips(3)).isEqualTo(4);
    assertThat(sizes.resampled(5)).isEqualTo(1);
    assertThat(sizes.clipFrames(13)).isEqualTo(13);
    assertThat(sizes.frames(7)).isEqualTo(1);
    assertThat(sizes.frames(9)).isEqualTo(8);
  }

  private static Graph graph(String name) {
    return new Graph(name, "8", List.of(), new byte[0], 0);
  }
}
