package dev.flamingostreams.plugin;

import dev.flamingostreams.alerts.AlertRule;
import dev.flamingostreams.captions.CaptionLimits;
import dev.flamingostreams.captions.Unchanged;
import dev.flamingostreams.clips.ClipRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What one {@code topology.yaml} says; {@link #read} documents every key and its default.
 *
 * @param file it was read from
 * @param name what node and store names begin with
 * @param applicationId of Kafka Streams: its group, its internal topics, its transactions
 * @param input the topic of frames and which of its streams are taken
 * @param clips how streams are cut
 * @param framesInMemory whether images are kept on the heap instead of in RocksDB
 * @param model name of a directory under {@code models/}, or a path
 * @param engine what runs the model, and where
 * @param task what is asked of each clip
 * @param limits of what waits for the model
 * @param outputs the topics that are written
 * @param rules none means no alerts and no topic for them
 */
public record TopologyFile(
    Path file,
    String name,
    String applicationId,
    Input input,
    ClipRules clips,
    boolean framesInMemory,
    String model,
    EnginePlan engine,
    TaskPlan task,
    CaptionLimits limits,
    Outputs outputs,
    List<AlertRule> rules) {

  /**
   * Where frames come from.
   *
   * @param maxBytes the largest record of the topic
   */
  public record Input(String topic, StreamFilter streams, int maxBytes) {}

  /** Names of topics. */
  public record Outputs(String captions, String alerts, String deadLetters) {}

  public TopologyFile {
    rules = List.copyOf(rules);
  }

  /**
   * Reads a file, or {@code topology.yaml} in a directory.
   *
   * <pre>
   * name: scenes                  # required; letters, digits, . _ -
   * application-id: flamingo-NAME
   * input:
   *   topic: frames
   *   streams: "*"                # a name or pattern, or a list of them
   *   max-bytes: 1MB              # of one record
   * clips:
   *   length: 4s
   *   hop: LENGTH                 # from window to window; shorter than the length they overlap
   *   rate: 4/s                   # sampled frames
   *   min-frames: 8               # a window with fewer makes no clip
   *   max-frames: 30
   *   grace: 500ms                # how late a frame may come
   *   session-gap: 10s            # a longer silence begins anew; at least LENGTH
   *   align: anchor               # or epoch
   *   flush: never                # or a duration of silence by the wall clock
   *   max-buffered: 256MB         # images of one stream's open windows; frames beyond are not taken
   *   store: disk                 # or memory
   * model: default                # a directory under models/, or a path
   * engine: auto                  # or onnxruntime, tensorrt
   * device: cpu                   # or cuda, cuda:1; by default what suits the engine
   * task: captioning              # or questions, classification, dialogue
   * prompt: "&lt;image&gt;"             # the clip, and the text around it; by the task it is
   *                               #   questions: "&lt;image&gt;Question:{question} Short answer:"
   *                               #   dialogue: "&lt;image&gt;User: {question}\nFlamingo:"
   * question: ...                 # required by task questions
   * labels: [..., ...]            # required by task classification; the likeliest is the caption
   * turns: [..., ...]             # required by task dialogue: its questions
   * examples:                     # none by default; they come before the clip
   *   - clip: example.mp4         # below this file's directory; or image: (JPEG, PNG); or neither
   *     question: ...             # of tasks that ask; by default the first one above
   *     text: ...                 # required; what the model should have said
   * decoding:                     # by default as the model says
   *   max-tokens: 20              # of each answer
   *   min-tokens: 0
   *   beams: 3
   *   length-penalty: 1.0
   *   no-repeat-ngram: 0
   * captions:
   *   max-pending: 256            # clips
   *   max-in-flight: 64           # clips handed to the model
   *   overload: wait              # or skip: clips beyond max-pending are dead letters, overloaded
   *   give-up-after: 10m
   *   lagging:
   *     after: 10s                # the topology lags when its oldest pending clip waits for longer
   *     frames: 30                # what a clip has at most while it lags, from 8
   *     hop: 1                    # while it lags, only every so-many-th of overlapping windows is
   *                               #   described; the others are dead letters, lagging
   *   unchanged: describe         # or repeat, omit: what becomes of a clip that looks as the last
   *                               #   described one of its stream; then one clip of a stream is
   *                               #   described at a time
   *   unchanged-within: 0.15      # how different it may be: of the default model noise is below
   *                               #   0.15, unrelated clips are above 0.8; slow motion is like
   *                               #   a shaking camera or changing light: 0.05 to 0.2
   * outputs:
   *   captions: captions
   *   alerts: alerts
   *   dead-letters: dead-letters
   * alerts:                       # none by default
   *   - name: ...                 # required
   *     query: ...                # required; words of the caption, Lucene's classic syntax
   *     severity: warning         # info, warning, critical
   *     cooldown: 30s             # per stream
   *     for: 1                    # captions in a row that must match
   *     unsure: false             # whether captions the model is unsure of count
   *     streams: "*"
   * </pre>
   *
   * @throws TopologyException with every problem, one a line
   */
  public static TopologyFile read(Path path) {
    return TopologyReader.read(path);
  }

  /** Whether a clip may leave without a record, as it looks as an earlier one did. */
  public boolean omitsUnchanged() {
    return limits.unchanged().then() == Unchanged.Then.OMIT;
  }

  /** The same, but too many clips are skipped: inside a host, which must not be slowed. */
  TopologyFile neverWaiting() {
    return new TopologyFile(
        file,
        name,
        applicationId,
        input,
        clips,
        framesInMemory,
        model,
        engine,
        task,
        limits.skipping(),
        outputs,
        rules);
  }

  /** The window and how late a frame may come. */
  Duration windowAndGrace() {
    return clips.length().plus(clips.grace());
  }
}
