package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.TemporalInterpolation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The model at work: clips of one frame count and one task through its graphs. */
final class ClipProcessor implements BatchProcessor {
  private final FlamingoConfig config;
  private final Sessions sessions;
  private final FrameEncoder frames;

  ClipProcessor(FlamingoConfig config, Sessions sessions, FrameEncoder frames) {
    this.config = config;
    this.sessions = sessions;
    this.frames = frames;
  }

  /** A clip whose frames are encoded. */
  private record Seen(ClipJob job, float[] features, long visionNanos) {}

  @Override
  public void process(List<ClipJob> batch) {
    List<Seen> seen = look(batch);
    int from = 0;
    while (from < seen.size()) {
      int size = BatchSizes.next(seen.size() - from);
      describe(seen.subList(from, Math.min(from + size, seen.size())), size);
      from += size;
    }
  }

  private List<Seen> look(List<ClipJob> batch) {
    Map<ClipJob, List<FrameKey>> keys = new LinkedHashMap<>();
    Map<FrameKey, byte[]> images = new LinkedHashMap<>();
    for (ClipJob job : batch) {
      List<FrameKey> clip = new ArrayList<>();
      for (byte[] image : job.clip().images()) {
        FrameKey key = FrameKey.of(image);
        clip.add(key);
        images.put(key, image);
      }
      keys.put(job, clip);
    }
    FrameEncoder.Encoded encoded = frames.encode(images);
    List<Seen> seen = new ArrayList<>();
    keys.forEach(
        (job, clip) -> {
          try {
            float[] features = encoded.clip(clip, frames.frameSize());
            seen.add(new Seen(job, features, encoded.takeNanos(clip)));
          } catch (ClipException e) {
            job.outcome().completeExceptionally(e);
          }
        });
    return seen;
  }

  /** Runs clips in a graph of that batch size; places that are left over repeat the first clip. */
  private void describe(List<Seen> clips, int size) {
    long start = System.nanoTime();
    List<float[]> latents = clips.stream().map(this::resample).toList();
    PreparedTask task = clips.get(0).job.task();
    List<Reply> replies =
        task == null
            ? Collections.nCopies(clips.size(), Reply.NONE)
            : task.ask(sessions, latents, size);
    long nanos = System.nanoTime() - start;
    for (int i = 0; i < clips.size(); i++) {
      Seen clip = clips.get(i);
      ClipJob.Outcome outcome =
          new ClipJob.Outcome(
              latents.get(i), replies.get(i), clip.job.queueNanos(), clip.visionNanos, nanos);
      clip.job.outcome().complete(outcome);
    }
  }

  /** One by one: a batch would cost as much, and need a graph for each of its sizes. */
  private float[] resample(Seen clip) {
    int count = clip.job.frames();
    float[] mask = new float[count];
    Arrays.fill(mask, 1);
    int tokens = config.vision().tokens();
    int width = config.vision().width();
    List<Array> inputs = new ArrayList<>();
    inputs.add(Array.of(Graphs.FEATURES, clip.features, 1, count, tokens, width));
    inputs.add(Array.of(Graphs.FRAME_MASK, mask, 1, count));
    int embeddings = config.resampler().timeEmbeddings();
    if (embeddings > 0) {
      float[] times = TemporalInterpolation.weights(clip.job.clip().captureMicros(), embeddings);
      inputs.add(Array.of(Graphs.TIME_WEIGHTS, times, 1, count, embeddings));
    }
    if (config.resampler().mediaEmbeddings() > 0) {
      inputs.add(Array.of(Graphs.PLACE, new int[] {clip.job.place()}, 1));
    }
    return Finite.of("latents", sessions.resampler(count).run(inputs).floats(Graphs.LATENTS));
  }

  @Override
  public void close() {
    sessions.close();
  }
}
