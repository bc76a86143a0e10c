package dev.flamingostreams.clips;

import dev.flamingostreams.schema.StoredFrames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Hands on the images that clips will probably show, each only after it has been committed that it
 * was foreseen: an image that ends the process is not handed on again, and comes with its clip,
 * whose attempts are counted. Rounds of the stream thread are process, punctuate, commit; so what
 * was foreseen in one round may go in the next. What a restart finds waiting is not handed on.
 */
final class Ahead {
  private final ProcessorContext<?, ?> context;
  private final StoredFrames frames;
  private final Consumer<byte[]> to;
  private final Deque<Foreseen> committed = new ArrayDeque<>();
  private final Deque<Foreseen> added = new ArrayDeque<>();

  private record Foreseen(String stream, long run, long captureMicros) {}

  Ahead(ProcessorContext<?, ?> context, StoredFrames frames, Consumer<byte[]> to) {
    this.context = context;
    this.frames = frames;
    this.to = to;
  }

  void add(String stream, long run, List<Long> captureMicros) {
    captureMicros.forEach(micros -> added.add(new Foreseen(stream, run, micros)));
  }

  /** The last call of a round. */
  void handOn() {
    for (Foreseen frame : committed) {
      byte[] image = frames.get(frame.stream, frame.run, frame.captureMicros);
      // gone if its clip was quicker, or if a late frame took its place
      if (image != null) {
        to.accept(image);
      }
    }
    committed.clear();
    committed.addAll(added);
    added.clear();
    if (!committed.isEmpty()) {
      context.commit();
    }
  }
}
