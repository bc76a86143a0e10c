package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.FrameTiming;
import java.nio.Buffer;
import java.util.Collections;
import java.util.List;

/**
 * Runs every graph that a task may need once, on clips that show nothing: where graphs are compiled
 * for minutes, no clip has to wait for that.
 */
final class WarmUp {
  private final FlamingoConfig config;
  private final Sessions sessions;
  private final ClipResampler resampler;

  WarmUp(FlamingoConfig config, Sessions sessions) {
    this.config = config;
    this.sessions = sessions;
    this.resampler = new ClipResampler(config, sessions, FrameTiming.CLOCK);
  }

  /** Does nothing where graphs are made on demand. */
  void run(PreparedTask task) {
    if (sessions.sizes() instanceof GraphSizes.Compiled sizes) {
      run(task, sizes);
    }
  }

  private void run(PreparedTask task, GraphSizes.Compiled sizes) {
    Buffer frame =
        sizes.frameSizes().stream().map(this::vision).reduce((first, last) -> last).orElseThrow();
    for (int clips : sizes.clipSizes()) {
      List<float[]> latents = List.of();
      for (int frames : sizes.clipFrameSizes()) {
        latents = resampler.latents(Collections.nCopies(clips, clip(frame, frames)));
      }
      task.ask(sessions, latents, clips);
    }
  }

  /** Features of one black frame. */
  private Buffer vision(int frames) {
    int side = config.vision().inputSize();
    float[] pixels = new float[frames * 3 * side * side];
    Array images = Array.of(Graphs.PIXELS, pixels, frames, 3, side, side);
    Buffer features = sessions.vision(frames).run(List.of(images)).data(Graphs.FEATURES);
    return Features.copy(features, 0, config.vision().tokens() * config.vision().width());
  }

  private static ClipResampler.Clip clip(Buffer frame, int frames) {
    Buffer features = Features.room(frame, frames * frame.remaining());
    long[] times = new long[frames];
    for (int i = 0; i < frames; i++) {
      Features.put(features, frame);
      times[i] = i;
    }
    return new ClipResampler.Clip(features.flip(), times, 0);
  }
}
