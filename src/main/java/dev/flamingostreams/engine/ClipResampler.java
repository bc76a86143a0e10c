package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.FrameTiming;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Features of clips to latents. */
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
   * A clip whose frames are encoded.
   *
   * @param features {@code [T, S, D]}
   * @param captureMicros of the T frames
   * @param place which media of its prompt the clip is, from 0
   */
  record Clip(Buffer features, long[] captureMicros, int place) {}

  /** Latents {@code [R, D]} of each clip; the clips are of one frame count. */
  List<float[]> latents(List<Clip> clips) {
    List<float[]> latents = new ArrayList<>();
    while (latents.size() < clips.size()) {
      List<Clip> rest = clips.subList(latents.size(), clips.size());
      int size = sessions.sizes().resampled(rest.size());
      latents.addAll(run(rest.subList(0, Math.min(size, rest.size())), size));
    }
    return latents;
  }

  private List<float[]> run(List<Clip> clips, int size) {
    int frames = sessions.sizes().clipFrames(clips.get(0).captureMicros.length);
    List<Array> inputs = new ArrayList<>();
    inputs.add(features(clips, size, frames));
    inputs.add(mask(clips, size, frames));
    if (config.resampler().timeEmbeddings() > 0) {
      inputs.add(times(clips, size, frames));
    }
    if (config.resampler().mediaEmbeddings() > 0) {
      inputs.add(places(clips, size));
    }
    float[] all = sessions.resampler(size, frames).run(inputs).floats(Graphs.LATENTS);
    int each = all.length / size;
    List<float[]> latents = new ArrayList<>();
    for (int i = 0; i < clips.size(); i++) {
      latents.add(Arrays.copyOfRange(all, i * each, (i + 1) * each));
    }
    return latents;
  }

  private Array features(List<Clip> clips, int size, int frames) {
    int tokens = config.vision().tokens();
    int width = config.vision().width();
    int each = frames * tokens * width;
    List<Buffer> all = new ArrayList<>();
    for (Clip clip : clips) {
      all.add(clip.features);
      all.add(Features.room(clip.features, each - clip.features.remaining()));
    }
    all.add(Features.room(all.get(0), Math.multiplyExact(size - clips.size(), each)));
    return new Array(Graphs.FEATURES, all, size, frames, tokens, width);
  }

  /** A place that is left over sees all its frames, as no frame at all would give no numbers. */
  private static Array mask(List<Clip> clips, int size, int frames) {
    float[] mask = new float[size * frames];
    for (int i = 0; i < size; i++) {
      int seen = i < clips.size() ? clips.get(i).captureMicros.length : frames;
      Arrays.fill(mask, i * frames, i * frames + seen, 1);
    }
    return Array.of(Graphs.FRAME_MASK, mask, size, frames);
  }

  private Array times(List<Clip> clips, int size, int frames) {
    int embeddings = config.resampler().timeEmbeddings();
    float[] times = new float[size * frames * embeddings];
    for (int i = 0; i < clips.size(); i++) {
      float[] weights = timing.weights(clips.get(i).captureMicros, embeddings);
      System.arraycopy(weights, 0, times, i * frames * embeddings, weights.length);
    }
    return Array.of(Graphs.TIME_WEIGHTS, times, size, frames, embeddings);
  }

  private static Array places(List<Clip> clips, int size) {
    int[] places = new int[size];
    for (int i = 0; i < clips.size(); i++) {
      places[i] = clips.get(i).place;
    }
    return Array.of(Graphs.PLACE, places, size);
  }
}
