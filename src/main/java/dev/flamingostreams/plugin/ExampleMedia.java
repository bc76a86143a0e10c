package dev.flamingostreams.plugin;

import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.frames.FrameReader;
import dev.flamingostreams.frames.Sampling;
import dev.flamingostreams.frames.Video;
import dev.flamingostreams.schema.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the examples of a topology show. */
final class ExampleMedia {
  private static final long MOST_IMAGE_BYTES = 16 << 20;

  private ExampleMedia() {}

  /**
   * The media of a topology's examples, in their order.
   *
   * @throws TopologyException naming the line of each that cannot be read
   */
  static List<ClipInput> of(TopologyFile file) {
    List<ClipInput> media = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (TaskPlan.Example example : file.task().shown()) {
      Path path = example.media();
      if (path == null) {
        continue;
      }
      try {
        media.add(example.image() ? image(path) : clip(path, file.clips()));
      } catch (IOException | IllegalArgumentException e) {
        problems.add("%s: %s".formatted(example.where(), e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw new TopologyException(problems);
    }
    return media;
  }

  private static ClipInput image(Path path) throws IOException {
    if (Files.size(path) > MOST_IMAGE_BYTES) {
      throw new IOException(path + " is larger than 16 MB; scale the image down");
    }
    return new ClipInput(List.of(Files.readAllBytes(path)), new long[1]);
  }

  /** As many frames as a full window has, spread over the whole video. */
  private static ClipInput clip(Path path, ClipRules rules) throws IOException {
    List<byte[]> images = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    try (Video video = Video.open(path.toString())) {
      long duration =
          video
              .durationMicros()
              .orElseThrow(() -> new IOException(path + " does not say how long it is"));
      Sampling sampling = Sampling.DEFAULT.spread(rules.samples(), duration);
      try (FrameReader reader = video.sample(sampling)) {
        for (Frame frame = reader.next();
            frame != null && images.size() < rules.samples();
            frame = reader.next()) {
          images.add(frame.image());
          times.add(frame.captureMicros());
        }
      }
    }
    return new ClipInput(images, times.stream().mapToLong(Long::longValue).toArray());
  }
}
