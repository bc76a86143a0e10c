package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.FrameTiming;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Features of a clip to latents. Clip by clip: a batch would cost as much, and need a graph for
 * each of its sizes.
 */
final class ClipResampler {
  private final FlamingoConfig config;
  private final Sessions sessions;
  private final FrameTiming timing;

  ClipResampler(FlamingoConfig config, Sessions sessions, FrameTiming timing) {
    this.config = config;
    this.sessions = sessions;
    this.timing = timing;
  }

  /**
   * Latents {@code [R, D]}.
   *
   * @param features {@code [T, S, D]}
   * @param captureMicros of the T frames
   * @param place which media of its prompt the clip is, from 0
   */
  float[] latents(FloatBuffer features, long[] captureMicros, int place) {
    int frames = captureMicros.length;
    float[] mask = new float[frames];
    Arrays.fill(mask, 1);
    int tokens = config.vision().tokens();
    int width = config.vision().width();
    List<Array> inputs = new ArrayList<>();
    inputs.add(new Array(Graphs.FEATURES, features, 1, frames, tokens, width));
    inputs.add(Array.of(Graphs.FRAME_MASK, mask, 1, frames));
    int embeddings = config.resampler().timeEmbeddings();
    if (embeddings > 0) {
      float[] times = timing.weights(captureMicros, embeddings);
      inputs.add(Array.of(Graphs.TIME_WEIGHTS, times, 1, frames, embeddings));
    }
    if (config.resampler().mediaEmbeddings() > 0) {
      inputs.add(Array.of(Graphs.PLACE, new int[] {place}, 1));
    }
    return sessions.resampler(frames).run(inputs).floats(Graphs.LATENTS);
  }
}
