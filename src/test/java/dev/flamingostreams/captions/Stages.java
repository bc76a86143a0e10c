package dev.flamingostreams.captions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.clips.ClipsStage;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.FrameStore;
import dev.flamingostreams.schema.Ledger;
import dev.flamingostreams.schema.StreamTimes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Both stages of one task, run round by round as a stream thread does: process, punctuate, commit.
 * A crash takes stores and outputs back to the last commit and sends what was read since again.
 */
final class Stages {
  private static final String CLIPS_STORE = "t-clips-streams";
  private static final String PENDING = "t-captions-pending";
  private static final String LAST = "t-captions-last";
  private static final String FRAMES = "t-frames";
  private static final String REACH = "t-reach";

  private FakeDescriber describer;
  final Ledger clipsLedger = ClipsStage.ledger();
  final Ledger captionsLedger = CaptionsStage.ledger();
  final List<Clip> clips = new ArrayList<>();
  final List<Caption> captions = new ArrayList<>();
  final List<Record<?, ?>> deadLetters = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();

  private final FrameStore store = new FrameStore("t", true, 1_000_000, Duration.ofSeconds(10));
  private final List<Record<byte[], byte[]>> uncommitted = new ArrayList<>();
  private final Map<String, Map<Object, byte[]>> committed = new LinkedHashMap<>();
  private final int[] committedOutputs = new int[4];

  private Landing landing = new Landing();
  private ClipRules rules;
  private CaptionLimits limits;
  private long now = 1_000_000;
  private long behind;
  private long process = 1;
  private MockProcessorContext<Object, Object> clipsContext = context(this::pump);
  private MockProcessorContext<Object, Object> captionsContext = context(() -> {});
  private Processor<byte[], byte[], Object, Object> clipsProcessor;
  private Processor<String, Clip, Object, Object> captionsProcessor;
  private Map<String, KeyValueStore<Object, byte[]>> stores = new HashMap<>();

  Stages(ClipRules rules, CaptionLimits limits, FakeDescriber describer) {
    this.rules = rules;
    this.limits = limits;
    this.describer = describer;
    clipsProcessor = clipsStage().get();
    captionsProcessor = captionsStage().get();
    start();
  }

  Stages frames(String stream, long... millis) {
    return batch(
        stream,
        FrameBatch.of(
            LongStream.of(millis).mapToObj(time -> new Frame(time * 1_000, image(time))).toList()));
  }

  Stages batch(String stream, FrameBatch batch) {
    return raw(stream.getBytes(UTF_8), FrameBatches.write(batch));
  }

  Stages raw(byte[] key, byte[] value) {
    Record<byte[], byte[]> record = new Record<>(key, value, now - behind);
    uncommitted.add(record);
    clipsProcessor.process(record);
    return this;
  }

  /** Ends a round: a punctuation 50 ms later, and the commit. */
  Stages round() {
    punctuate();
    commit();
    return this;
  }

  Stages rounds(int count) {
    for (int i = 0; i < count; i++) {
      round();
    }
    return this;
  }

  void punctuate() {
    now += 50;
    clipsContext.setCurrentSystemTimeMs(now);
    captionsContext.setCurrentSystemTimeMs(now);
    clipsContext.scheduledPunctuators().forEach(p -> p.getPunctuator().punctuate(now));
    captionsContext.scheduledPunctuators().forEach(p -> p.getPunctuator().punctuate(now));
    pump();
  }

  /** The process is told to stop, and another one takes up the task. */
  Stages stopInGoodOrder() {
    landing.bringDown(Duration.ZERO);
    round();
    landing = new Landing();
    return crash();
  }

  /** The process ends without a commit, and another one takes up the task. */
  Stages crash() {
    process++;
    return restart();
  }

  /** The task starts again, from its last commit. */
  Stages restart() {
    clipsProcessor.close();
    captionsProcessor.close();
    cut(clips, committedOutputs[0]);
    cut(captions, committedOutputs[1]);
    cut(deadLetters, committedOutputs[2]);
    cut(sent, committedOutputs[3]);
    clipsProcessor = clipsStage().get();
    captionsProcessor = captionsStage().get();
    start();
    List<Record<byte[], byte[]>> again = List.copyOf(uncommitted);
    uncommitted.clear();
    again.forEach(record -> raw(record.key(), record.value()));
    return this;
  }

  Stages under(ClipRules other) {
    rules = other;
    return restart();
  }

  Stages by(FakeDescriber other) {
    describer = other;
    return restart();
  }

  Stages within(CaptionLimits other) {
    limits = other;
    return restart();
  }

  /** Lets a clock of the wall go on. */
  Stages waitMillis(long millis) {
    now += millis;
    clipsContext.setCurrentSystemTimeMs(now);
    captionsContext.setCurrentSystemTimeMs(now);
    return this;
  }

  /** How much older than now records are from here on. */
  void behindBy(long millis) {
    behind = millis;
  }

  List<String> captionIds() {
    return captions.stream().map(Caption::clip).toList();
  }

  int storedFrames() {
    return contents(FRAMES).size();
  }

  /** Stream, clip and reason of each dead letter of the captions stage. */
  List<String> refusals() {
    return deadLetters.stream()
        .map(letter -> header(letter, DeadLetter.CLIP) + " " + header(letter, DeadLetter.REASON))
        .toList();
  }

  /** What the captions stage has sent, in its order. */
  List<String> sent() {
    return List.copyOf(sent);
  }

  int storedClips() {
    return contents(PENDING).size();
  }

  static String header(Record<?, ?> record, String name) {
    return DeadLetter.get(record.headers(), name, "");
  }

  String reason(int deadLetter) {
    return header(deadLetters.get(deadLetter), DeadLetter.REASON);
  }

  /** The header of a 64×48 JPEG, and a tail that tells one from another. */
  static byte[] image(long tag) {
    return image(64, 48, tag);
  }

  static byte[] image(int width, int height, long tag) {
    return ByteBuffer.allocate(32)
        .putShort((short) 0xFFD8)
        .putShort((short) 0xFFC0)
        .putShort((short) 11)
        .put((byte) 8)
        .putShort((short) height)
        .putShort((short) width)
        .putLong(tag)
        .array();
  }

  private ClipsStage clipsStage() {
    return new ClipsStage(
        "t-clips",
        rules,
        store,
        "t-captions",
        "dead",
        clipsLedger,
        new StreamTimes(),
        () -> describer::prepare);
  }

  private CaptionsStage captionsStage() {
    return new CaptionsStage(
        "t-captions",
        () -> describer,
        limits,
        store,
        "out",
        "dead",
        landing,
        captionsLedger,
        process);
  }

  private void start() {
    clipsContext = context(this::pump);
    captionsContext = context(() -> {});
    stores = new HashMap<>();
    add(CLIPS_STORE, Serdes.String());
    add(PENDING, Serdes.Bytes());
    add(LAST, Serdes.String());
    add(FRAMES, Serdes.Bytes());
    add(REACH, Serdes.String());
    clipsProcessor.init(clipsContext);
    captionsProcessor.init(captionsContext);
  }

  @SuppressWarnings("unchecked")
  private <K> void add(String name, Serde<K> keys) {
    KeyValueStore<K, byte[]> added =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    added.init(clipsContext.getStateStoreContext(), added);
    clipsContext.addStateStore(added);
    captionsContext.addStateStore(added);
    committed.getOrDefault(name, Map.of()).forEach((key, value) -> added.put((K) key, value));
    stores.put(name, (KeyValueStore<Object, byte[]>) added);
  }

  /** What is forwarded is processed before the call returns, as in a topology. */
  private MockProcessorContext<Object, Object> context(Runnable forwarded) {
    MockProcessorContext<Object, Object> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), null) {
          @Override
          public <K, V> void forward(Record<K, V> record, String childName) {
            super.forward(record, childName);
            forwarded.run();
          }
        };
    context.setCurrentSystemTimeMs(now);
    context.setRecordMetadata("frames", 0, 7);
    return context;
  }

  private void commit() {
    stores.keySet().forEach(name -> committed.put(name, contents(name)));
    uncommitted.clear();
    committedOutputs[0] = clips.size();
    committedOutputs[1] = captions.size();
    committedOutputs[2] = deadLetters.size();
    committedOutputs[3] = sent.size();
  }

  private Map<Object, byte[]> contents(String name) {
    Map<Object, byte[]> all = new LinkedHashMap<>();
    KeyValueStore<Object, byte[]> from = stores.get(name);
    if (from == null) {
      throw new IllegalArgumentException("no store " + name);
    }
    try (KeyValueIterator<Object, byte[]> entries = from.all()) {
      entries.forEachRemaining(entry -> all.put(entry.key, entry.value));
    }
    return all;
  }

  private void pump() {
    for (CapturedForward<?, ?> forward : forwards(clipsContext)) {
      if (forward.record().value() instanceof Clip clip) {
        clips.add(clip);
        captionsProcessor.process(new Record<>(clip.stream(), clip, forward.record().timestamp()));
      } else {
        deadLetters.add(forward.record());
      }
    }
    for (CapturedForward<?, ?> forward : forwards(captionsContext)) {
      if (forward.record().value() instanceof Caption caption) {
        captions.add(caption);
        sent.add(caption.clip());
      } else {
        deadLetters.add(forward.record());
        sent.add(header(forward.record(), DeadLetter.CLIP));
      }
    }
  }

  private static List<CapturedForward<?, ?>> forwards(
      MockProcessorContext<Object, Object> context) {
    List<CapturedForward<?, ?>> forwards = List.copyOf(context.forwarded());
    context.resetForwards();
    return forwards;
  }

  private static void cut(List<?> list, int size) {
    list.subList(size, list.size()).clear();
  }
}
