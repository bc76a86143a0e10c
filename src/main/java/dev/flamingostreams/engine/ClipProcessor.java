package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.VisionConfig;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The model at work: clips of one frame count and one task through its graphs. */
final class ClipProcessor implements BatchProcessor {
  private final Sessions sessions;
  private final ClipResampler resampler;
  private final FrameEncoder frames;
  private final EngineCounts counts;
  private final VisionConfig vision;

  ClipProcessor(
      Sessions sessions,
      ClipResampler resampler,
      FrameEncoder frames,
      EngineCounts counts,
      VisionConfig vision) {
    this.sessions = sessions;
    this.resampler = resampler;
    this.frames = frames;
    this.counts = counts;
    this.vision = vision;
  }

  /** A clip whose frames are encoded. */
  private record Seen(
      ClipJob job, Buffer features, long visionNanos, @Nullable Signature signature) {
    ClipResampler.Clip clip() {
      return new ClipResampler.Clip(features, job.clip().captureMicros(), job.place());
    }
  }

  /** A single run's, so that a clip does not wait longer: of a large model on the CPU it is one. */
  @Override
  public int mostFrames() {
    GraphSizes sizes = sessions.sizes();
    return sizes.frames(sizes.mostFrames());
  }

  @Override
  public void process(List<ClipJob> batch) {
    counts.batch(batch.size());
    sessions.withinMemory(() -> attempt(batch));
  }

  @Override
  public void encodeAhead(Map<FrameKey, byte[]> images) {
    sessions.withinMemory(() -> frames.encodeAhead(images));
  }

  private void attempt(List<ClipJob> batch) {
    List<Seen> seen = look(batch).stream().filter(clip -> !isUnchanged(clip)).toList();
    int from = 0;
    while (from < seen.size()) {
      int size = sessions.sizes().clips(seen.size() - from);
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
    EncodedFrames encoded = frames.encode(images);
    List<Seen> seen = new ArrayList<>();
    keys.forEach(
        (job, clip) -> {
          try {
            Buffer features = encoded.clip(clip);
            seen.add(new Seen(job, features, encoded.takeNanos(clip), signature(job, features)));
          } catch (ClipException e) {
            job.outcome().completeExceptionally(e);
          }
        });
    return seen;
  }

  private @Nullable Signature signature(ClipJob job, Buffer features) {
    return job.comparison() == null
        ? null
        : Signature.of(features, job.frames(), vision.tokens(), vision.width(), job.author());
  }

  /** Whether a clip looks as an earlier one did; then that is its outcome. */
  private static boolean isUnchanged(Seen clip) {
    Comparison comparison = clip.job.comparison();
    Signature now = clip.signature;
    if (comparison == null || now == null || !comparison.isUnchanged(now)) {
      return false;
    }
    clip.job
        .outcome()
        .complete(ClipJob.Outcome.unchanged(now, clip.job.queueNanos(), clip.visionNanos));
    return true;
  }

  /** Runs clips in a graph of that batch size; places that are left over repeat the first clip. */
  private void describe(List<Seen> clips, int size) {
    long start = System.nanoTime();
    List<float[]> latents = resampler.latents(clips.stream().map(Seen::clip).toList());
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
              latents.get(i),
              replies.get(i),
              clip.job.queueNanos(),
              clip.visionNanos,
              nanos,
              clip.signature,
              false);
      clip.job.outcome().complete(outcome);
    }
  }

  @Override
  public void close() {
    sessions.close();
  }
}
