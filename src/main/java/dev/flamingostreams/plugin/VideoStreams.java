package dev.flamingostreams.plugin;

import dev.flamingostreams.captions.Landing;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.FrameBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Video description inside an application's own Kafka Streams: owns the models, and adds topology
 * files to a topology, or a step to a stream. Every node and store of a file, and so every internal
 * topic, has a name that begins with the file's: several fit into one application.
 *
 * <pre>{@code
 * try (VideoStreams video = VideoStreams.open(Path.of("models"))) {
 *   TopologyFile file = TopologyFile.read(Path.of("topologies/scenes"));
 *   Topology topology = video.addTo(builder.build(), file);
 *   try (KafkaStreams streams = new KafkaStreams(topology, video.settings(properties))) {
 *     streams.start();
 *     stop.await();
 *     video.bringDown(Duration.ofSeconds(3));
 *   }
 * }
 * }</pre>
 *
 * <p>Models are closed with this, so after the application. Thread-safe.
 */
public final class VideoStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VideoStreams.class);

  private final Function<TopologyFile, ? extends Describer> describers;
  private final Runnable closing;
  private final List<Added> added = new CopyOnWriteArrayList<>();

  /** What was added, whose clips may be in flight. */
  private record Added(TopologyFile file, Landing landing) {}

  /**
   * Opens models where topology files name them.
   *
   * @param models the directory that {@code model: default} is a directory of
   */
  public static VideoStreams open(Path models) {
    return open(models, EngineOptions.defaults());
  }

  /**
   * Opens models that leave the application some of the machine.
   *
   * @param threads that compute, at least 1; in one JVM the first model decides for all
   * @throws IllegalArgumentException if there are fewer
   */
  public static VideoStreams open(Path models, int threads) {
    return open(models, EngineOptions.defaults().withThreads(threads));
  }

  private static VideoStreams open(Path directory, EngineOptions options) {
    Models models = new Models(directory, options.withNotes(LOG::info));
    return new VideoStreams(models::describer, models::close);
  }

  /**
   * @param describers asked once for each file that is added
   * @param closing closes them
   */
  VideoStreams(Function<TopologyFile, ? extends Describer> describers, Runnable closing) {
    this.describers = describers;
    this.closing = closing;
  }

  /**
   * Appends what a topology file says, from its topic of frames to its topics of captions, alerts
   * and dead letters, to a topology of the application's: to {@code builder.build()} of a {@code
   * StreamsBuilder}. Nodes, stores, internal topics and task ids that are there stay as they are.
   * Loads the model, which may take seconds.
   *
   * @return {@code topology}
   * @throws TopologyException if the file's model or an example of it cannot be used
   * @throws org.apache.kafka.streams.errors.TopologyException if the topology reads the file's
   *     topic of frames itself, for which there is {@link #describe}, or has a node of such a name
   */
  public Topology addTo(Topology topology, TopologyFile file) {
    Describer describer = describers.apply(file);
    return VideoTopology.addTo(
        topology, file, () -> describer, Ledgers.create(), add(file).landing(), Guard.NONE);
  }

  /**
   * Describes a stream of the application's own. All that the file says applies but {@code
   * input.topic} and {@code outputs.captions}: captions go where the application takes them. Alerts
   * are written to the file's topic, and what is no caption to its topic of dead letters, the same
   * as with {@link #addTo}; a batch of more than {@code input.max-bytes} is a dead letter {@code
   * too-large} without a value. Steps of the builder that come later and have no name get other
   * numbers than without it, so it comes last. Loads the model, which may take seconds.
   *
   * @param frames keyed by the stream's id, the frames of a stream in one partition: after another
   *     key was chosen, {@code repartition} it
   * @return captions keyed by the stream's id, at the clip's end as record time. Kafka Streams
   *     cannot know that the key is the same: grouping by it makes a repartition topic
   * @throws TopologyException if the file's model or an example of it cannot be used
   */
  public KStream<String, Caption> describe(KStream<String, FrameBatch> frames, TopologyFile file) {
    Describer describer = describers.apply(file);
    Stages stages = Stages.of(file, () -> describer, Ledgers.create(), add(file).landing());
    return new DescribedStream(file, stages).captions(frames);
  }

  private Added add(TopologyFile file) {
    Added one = new Added(file, new Landing());
    added.add(one);
    return one;
  }

  /**
   * The settings of an application with everything that was added so far: {@code exactly_once_v2},
   * and requests in which images fit.
   *
   * @param properties of Kafka Streams and its clients; what they say stays
   * @throws IllegalStateException if nothing was added
   */
  public Properties settings(Map<?, ?> properties) {
    TopologyFile largest =
        added.stream()
            .map(Added::file)
            .max(Comparator.comparingInt(file -> file.input().maxBytes()))
            .orElseThrow(() -> new IllegalStateException("add a topology file first"));
    Map<String, Object> given = new HashMap<>();
    properties.forEach((key, value) -> given.put(String.valueOf(key), value));
    return StreamsSettings.of(largest, given);
  }

  /**
   * Lets no clip start any more and waits for those that the model has, so that none is blamed for
   * the end of the process. Call it before {@code KafkaStreams.close}; after it the application
   * describes nothing any more. Clips that wait are described after the next start.
   *
   * @param most how long clips in flight are waited for; it may take as long again until the others
   *     are taken back
   */
  public void bringDown(Duration most) {
    added.parallelStream().forEach(one -> one.landing().bringDown(most));
  }

  /** Closes the models. */
  @Override
  public void close() {
    closing.run();
  }
}
