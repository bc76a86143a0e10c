package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.TemporalInterpolation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The model at work: clips of one frame count and one prompt through its three graphs. */
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
    PreparedPrompt prompt = clips.get(0).job.prompt();
    Text text = prompt == null ? Text.NONE : describe(prompt, latents, size);
    long nanos = System.nanoTime() - start;
    for (int i = 0; i < clips.size(); i++) {
      Seen clip = clips.get(i);
      ClipJob.Outcome outcome =
          new ClipJob.Outcome(
              latents.get(i),
              text.tokens(i, size),
              text.logProbabilities(i, size),
              clip.job.queueNanos(),
              clip.visionNanos,
              nanos);
      clip.job.outcome().complete(outcome);
    }
  }

  /** Tokens and log-probabilities, {@code [B, N]}. */
  private record Text(int[] tokens, float[] logProbabilities) {
    static final Text NONE = new Text(new int[0], new float[0]);

    int[] tokens(int row, int rows) {
      int length = tokens.length / rows;
      return Arrays.copyOfRange(tokens, row * length, (row + 1) * length);
    }

    float[] logProbabilities(int row, int rows) {
      int length = logProbabilities.length / rows;
      return Arrays.copyOfRange(logProbabilities, row * length, (row + 1) * length);
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
    return sessions.resampler(count).run(inputs).floats(Graphs.LATENTS);
  }

  private Text describe(PreparedPrompt prompt, List<float[]> latents, int size) {
    int media = prompt.media();
    int length = prompt.length();
    long[] shape = {size, media, config.resampler().latents(), config.vision().width()};
    Outputs outputs =
        sessions
            .describe(size, media, length, config.decoding())
            .run(
                List.of(
                    Array.of(Graphs.LATENTS, prompt.latents(latents, size), shape),
                    Array.of(Graphs.PROMPT, prompt.tokens(size), size, length),
                    Array.of(Graphs.TEXT_TIME, prompt.textTime(size), size, length),
                    Array.of(Graphs.PROMPT_START, new int[size], size, 1)));
    return new Text(outputs.ints(Graphs.TOKENS), outputs.floats(Graphs.LOG_PROBABILITIES));
  }

  @Override
  public void close() {
    sessions.close();
  }
}
