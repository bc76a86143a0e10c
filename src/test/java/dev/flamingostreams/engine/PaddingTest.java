package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.FrameTiming;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs of few sizes, run on the CPU: what is padded does not change what is there. */
class PaddingTest {
  private static final FlamingoConfig CONFIG = RandomModel.TINY;

  @TempDir Path directory;
  private Graphs graphs;
  private OnnxRuntime runtime;

  @BeforeEach
  void openAModel() throws IOException {
    RandomModel.write(directory, CONFIG, StoredType.F32);
    graphs = new Graphs(CONFIG, ModelDirectory.open(directory).weights());
    runtime = OnnxRuntime.start(1, directory, new WeightSize(1));
  }

  @Test
  void threeClipsOfFiveFramesGetTheLatentsThatEachGetsAlone() {
    List<ClipResampler.Clip> clips = clips(3, 5);
    try (Sessions padded = new Sessions(graphs, new Padded(runtime));
        Sessions alone = new Sessions(graphs, runtime)) {
      List<float[]> given = latents(padded, clips);
      List<float[]> expected = latents(alone, clips);
      for (int i = 0; i < clips.size(); i++) {
        assertThat(given.get(i)).containsExactly(expected.get(i), Offset.offset(1e-5f));
      }
    }
  }

  @Test
  void everyGraphThatClipsOfATaskNeedIsKnownBefore() {
    Padded padded = new Padded(runtime);
    List<String> known = known(List.of());
    try (Sessions sessions = new Sessions(graphs, padded)) {
      assertThat(known)
          .containsExactlyInAnyOrder(
              "vision 1",
              "vision 4",
              "resampler 1x8",
              "resampler 1x16",
              "resampler 4x8",
              "resampler 4x16",
              describe(1),
              describe(4));
      latents(sessions, clips(3, 5));
      task(List.of())
          .ask(sessions, Collections.nCopies(3, latents(sessions, clips(1, 9)).get(0)), 4);
      assertThat(known).containsAll(padded.opened());
      assertThat(padded.opened()).isNotEmpty();
    }
  }

  @Test
  void answersBetweenTurnsMayBeOfAnyLength() {
    Padded padded = new Padded(runtime);
    List<int[]> turns = List.of(new int[] {5, 6}, new int[] {7});
    try (Sessions sessions = new Sessions(graphs, padded)) {
      task(turns).ask(sessions, latents(sessions, clips(1, 9)), 1);
      assertThat(padded.opened())
          .filteredOn(name -> name.startsWith("describe"))
          .hasSizeGreaterThan(1);
      assertThat(known(turns)).doesNotHaveDuplicates().containsAll(padded.opened());
    }
  }

  private List<String> known(List<int[]> laterTurns) {
    return new TaskGraphs(graphs, Padded.FEW)
        .of(task(laterTurns)).stream().map(Graph::toString).toList();
  }

  private static PreparedTask task(List<int[]> laterTurns) {
    return new Conversation(
        CONFIG,
        new PreparedPrompt(Passage.of(new int[] {2}, token -> token == 2), List.of()),
        laterTurns,
        CONFIG.decoding());
  }

  private static String describe(int clips) {
    return "describe %dx1x1x%d".formatted(clips, CONFIG.decoding().maxTokens());
  }

  private static List<float[]> latents(Sessions sessions, List<ClipResampler.Clip> clips) {
    return new ClipResampler(CONFIG, sessions, FrameTiming.CLOCK).latents(clips);
  }

  private static List<ClipResampler.Clip> clips(int count, int frames) {
    Random random = new Random(7);
    List<ClipResampler.Clip> clips = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int size = frames * CONFIG.vision().tokens() * CONFIG.vision().width();
      FloatBuffer features = FloatBuffer.allocate(size);
      long[] times = new long[frames];
      for (int j = 0; j < size; j++) {
        features.put(j, (float) random.nextGaussian());
      }
      for (int j = 0; j < frames; j++) {
        times[j] = 100L * j + (long) i * j * j;
      }
      clips.add(new ClipResampler.Clip(features, times, 0));
    }
    return clips;
  }
}
