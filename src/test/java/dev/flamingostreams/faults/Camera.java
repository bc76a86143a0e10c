package dev.flamingostreams.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.clips.RuleChange;
import dev.flamingostreams.clips.StreamWindows;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * A camera at fault in every way that is allowed: its frames come with jitter, out of order within
 * the grace, some later than that, some twice, some records are garbage. What it sends is a
 * function of its seed; which clips are due follows from the rules and what was sent.
 */
final class Camera {
  private static final int MOST_IN_A_RECORD = 4;

  private record Arrival(long atMicros, Frame frame) {}

  private final String id;
  private final Random random;
  private final LongFunction<byte[]> image;
  private final long stepMicros;
  private final long graceMicros;
  private final Due due = new Due();
  private final PriorityQueue<Arrival> coming =
      new PriorityQueue<>(Comparator.comparingLong(Arrival::atMicros));
  private StreamWindows windows;
  private long clock;

  /**
   * @param image of a capture time
   */
  Camera(String id, ClipRules rules, double framesPerSecond, LongFunction<byte[]> image) {
    this.id = id;
    this.image = image;
    random = new Random(id.hashCode());
    stepMicros = (long) (1e6 / framesPerSecond);
    graceMicros = rules.grace().toMillis() * 1_000;
    windows = new StreamWindows(id, rules);
  }

  /** With pictures that only look like JPEG, of some hundred bytes. */
  static Camera cheap(String id, ClipRules rules, double framesPerSecond) {
    return new Camera(id, rules, framesPerSecond, time -> Pictures.cheap(id, time));
  }

  /** Cheap ones, some quicker than others. */
  static List<Camera> several(int count, TopologyFile file) {
    return IntStream.range(0, count)
        .mapToObj(i -> cheap("camera-" + i, file.clips(), 8 + i))
        .toList();
  }

  String id() {
    return id;
  }

  /** The clips that must have been described when all that was sent is accounted for. */
  List<Clip> due() {
    return due.clips();
  }

  /** What a model is to see of a clip. */
  ClipInput input(Clip clip) {
    return new ClipInput(
        clip.frameMicros().stream().map(image::apply).toList(),
        clip.frameMicros().stream().mapToLong(Long::longValue).toArray());
  }

  /** The application goes on with other rules from the next record on. */
  void cutBy(ClipRules rules) {
    windows = RuleChange.of(windows, rules, due);
  }

  /** The next record's value. */
  byte[] next() {
    if (random.nextInt(40) == 0) {
      return "no frame batch".getBytes(UTF_8);
    }
    List<Frame> frames = new ArrayList<>();
    for (int i = 1 + random.nextInt(MOST_IN_A_RECORD); i > 0; i--) {
      frames.add(arrive());
    }
    frames.forEach(this::see);
    windows.closeDue(due);
    return FrameBatches.write(FrameBatch.of(frames));
  }

  /** The end of the stream, as a record's value. */
  byte[] end() {
    windows.end(due);
    return FrameBatches.write(FrameBatch.end());
  }

  private Frame arrive() {
    while (coming.isEmpty() || coming.peek().atMicros >= clock) {
      take();
    }
    return coming.remove().frame;
  }

  private void take() {
    clock += stepMicros / 2 + (long) (random.nextDouble() * stepMicros);
    Frame frame = new Frame(clock, image.apply(clock));
    boolean late = random.nextInt(50) == 0;
    coming.add(new Arrival(clock + delay(late), frame));
    if (random.nextInt(20) == 0) {
      coming.add(new Arrival(clock + delay(false), frame));
    }
    if (random.nextInt(40) == 0) {
      coming.add(new Arrival(clock, new Frame(clock, "no image".getBytes(UTF_8))));
    }
  }

  private long delay(boolean late) {
    return (long) (random.nextDouble() * graceMicros * 0.9) + (late ? 2 * graceMicros : 0);
  }

  private void see(Frame frame) {
    if (frame.image().length > Pictures.NO_IMAGE) {
      windows.frame(frame.captureMicros(), frame.image().length, due);
    }
  }
}
