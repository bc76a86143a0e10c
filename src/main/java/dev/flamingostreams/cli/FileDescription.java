package dev.flamingostreams.cli;

import dev.flamingostreams.captions.Captions;
import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.clips.Fate;
import dev.flamingostreams.clips.StreamWindows;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.frames.FrameReader;
import dev.flamingostreams.frames.Sampling;
import dev.flamingostreams.frames.Video;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Frame;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Has one video described without Kafka, by the clip rules that a topology would cut it by. */
final class FileDescription implements StreamWindows.Outcome {
  private static final int MOST_IN_FLIGHT = 32;

  private final String stream;
  private final Describer describer;
  private final Listener listener;
  private final Map<Long, byte[]> images = new HashMap<>();
  private final Queue<Asked> asked = new ArrayDeque<>();
  private int clips;

  /** Hears of the clips in order. */
  interface Listener {
    void caption(Caption caption);

    void failed(Clip clip, Throwable reason);
  }

  private record Asked(Clip clip, CompletableFuture<Description> answer) {}

  FileDescription(String stream, Describer describer, Listener listener) {
    this.stream = stream;
    this.describer = describer;
    this.listener = listener;
  }

  /** Clips as a topology with these rules cuts them. */
  void cut(Video video, Sampling sampling, ClipRules rules) throws IOException {
    StreamWindows windows = new StreamWindows(stream, rules);
    try (FrameReader reader = video.sample(sampling)) {
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        if (windows.frame(frame.captureMicros(), frame.image().length, this)) {
          images.put(frame.captureMicros(), frame.image());
        }
        windows.closeDue(this);
        settle(MOST_IN_FLIGHT);
      }
    } finally {
      windows.end(this); // what a damaged video gave before its end is described too
      settle(0);
    }
  }

  /** One clip of so many frames, spread over the video. */
  void whole(Video video, Sampling sampling, int frames) throws IOException {
    long duration =
        video
            .durationMicros()
            .orElseThrow(() -> new IOException(stream + " does not say how long it is"));
    List<Long> times = new ArrayList<>();
    try (FrameReader reader = video.sample(sampling.spread(frames, duration))) {
      for (Frame frame = reader.next();
          frame != null; // to the end, which shows whether it is damaged
          frame = reader.next()) {
        if (times.size() < frames) {
          images.put(frame.captureMicros(), frame.image());
          times.add(frame.captureMicros());
        }
      }
    }
    long end = video.damage().isEmpty() ? duration : times.get(times.size() - 1);
    clip(new Clip(stream + "@whole", stream, 0, 0, end, times, false));
    settle(0);
  }

  /** Clips so far. */
  int clips() {
    return clips;
  }

  @Override
  public void clip(Clip clip) {
    clips++;
    List<byte[]> pictures = clip.frameMicros().stream().map(images::get).toList();
    long[] times = clip.frameMicros().stream().mapToLong(Long::longValue).toArray();
    asked.add(new Asked(clip, describer.describe(new ClipInput(pictures, times))));
  }

  @Override
  public void settled(long run, long captureMicros, Fate fate) {
    if (fate != Fate.DUPLICATE) {
      images.remove(captureMicros);
    }
  }

  private void settle(int mostInFlight) {
    while (!asked.isEmpty() && (asked.size() > mostInFlight || asked.element().answer.isDone())) {
      Asked oldest = asked.remove();
      try {
        listener.caption(Captions.of(oldest.clip, oldest.answer.join(), describer.model()));
      } catch (CompletionException e) {
        listener.failed(oldest.clip, e.getCause() == null ? e : e.getCause());
      }
    }
  }
}
