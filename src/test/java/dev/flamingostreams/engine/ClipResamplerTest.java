package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.FrameTiming;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipResamplerTest {
  private static final FlamingoConfig CONFIG = RandomModel.TINY;
  private static final long[] EVEN = {0, 100, 200, 300, 400, 500, 600, 700, 800};
  private static final long[] JITTERED = {0, 20, 200, 350, 360, 370, 610, 780, 800};

  @TempDir Path directory;
  private Sessions sessions;

  @BeforeEach
  void openAModel() throws IOException {
    RandomModel.write(directory, CONFIG, StoredType.F32);
    Djl.startOnnxRuntime(1);
    Graphs graphs = new Graphs(CONFIG, ModelDirectory.open(directory).weights());
    sessions = new Sessions(graphs, OnnxRuntime.start(1, directory, new WeightSize(1)));
  }

  @AfterEach
  void closeIt() {
    sessions.close();
  }

  @Test
  void theIndexGivesWhatTheClockGivesForEvenFramesOnly() {
    float[] even = latents(FrameTiming.CLOCK, EVEN);
    float[] jittered = latents(FrameTiming.CLOCK, JITTERED);
    assertThat(jittered).isNotEqualTo(even);
    Offset<Float> close = Offset.offset(1e-5f);
    assertThat(latents(FrameTiming.INDEX, EVEN)).containsExactly(even, close);
    assertThat(latents(FrameTiming.INDEX, JITTERED)).containsExactly(even, close);
  }

  @Test
  void withoutTimingTheTimesMakeNoDifference() {
    float[] even = latents(FrameTiming.NONE, EVEN);
    assertThat(latents(FrameTiming.NONE, JITTERED)).isEqualTo(even);
    assertThat(latents(FrameTiming.CLOCK, EVEN)).isNotEqualTo(even);
  }

  /** Of the same features, whatever the times. */
  private float[] latents(FrameTiming timing, long... captureMicros) {
    Random random = new Random(3);
    int size = captureMicros.length * CONFIG.vision().tokens() * CONFIG.vision().width();
    FloatBuffer features = FloatBuffer.allocate(size);
    for (int i = 0; i < size; i++) {
      features.put(i, (float) random.nextGaussian());
    }
    ClipResampler.Clip clip = new ClipResampler.Clip(features, captureMicros, 0);
    return new ClipResampler(CONFIG, sessions, timing).latents(List.of(clip)).get(0);
  }
}
