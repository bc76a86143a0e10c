package dev.flamingostreams.plugin;

import dev.flamingostreams.alerts.AlertsStage;
import dev.flamingostreams.captions.CaptionsStage;
import dev.flamingostreams.captions.Landing;
import dev.flamingostreams.clips.ClipsStage;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.FrameStore;
import dev.flamingostreams.schema.Topic;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/** The whole stream: frames, clips, captions, alerts. */
public final class VideoTopology {
  private VideoTopology() {}

  /**
   * Appends the stream to a topology; the names of its nodes and stores begin with the file's name.
   *
   * @param describer asked for when a task starts; stays open and the caller's
   * @param ledgers where everything is accounted for
   * @return {@code topology}
   */
  public static Topology addTo(
      Topology topology,
      TopologyFile file,
      Supplier<? extends Describer> describer,
      Ledgers ledgers) {
    return addTo(topology, file, describer, ledgers, new Landing(), Guard.NONE);
  }

  @SuppressWarnings("deprecation") // a host's Kafka 3.9 knows this AutoOffsetReset only
  static Topology addTo(
      Topology topology,
      TopologyFile file,
      Supplier<? extends Describer> describer,
      Ledgers ledgers,
      Landing landing,
      Guard guard) {
    Names of = new Names(file.name());
    Topic<byte[], byte[]> deadLetters = Topic.deadLetters(file.outputs().deadLetters());
    Topic<String, Caption> captions = Topic.captions(file.outputs().captions());
    Topic<String, Alert> alerts = Topic.alerts(file.outputs().alerts());
    FrameStore store =
        new FrameStore(
            of.prefix(), file.framesInMemory(), file.input().maxBytes(), file.windowAndGrace());

    topology
        .addSource(
            Topology.AutoOffsetReset.EARLIEST,
            of.frames(),
            new AnyTimestamp(),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            file.input().topic())
        .addProcessor(
            of.streams(),
            guard.around(
                new StreamsStage(
                    of.streams(), file.input().streams(), guard.mostBytes(), ledgers.streams())),
            of.frames())
        .addProcessor(
            of.clips(),
            guard.around(
                new ClipsStage(
                    of.clips(),
                    file.clips(),
                    store,
                    of.captions(),
                    of.deadLetters(),
                    ledgers.clips(),
                    () -> describer.get()::prepare)),
            of.streams())
        .addProcessor(
            of.captions(),
            guard.around(
                new CaptionsStage(
                    of.captions(),
                    describer,
                    file.limits(),
                    store,
                    of.described(),
                    of.deadLetters(),
                    landing,
                    ledgers.captions())),
            of.clips())
        .addProcessor(of.described(), () -> new PassOn(ledgers.captionedUntil()), of.captions())
        .addSink(
            of.captionsSink(),
            captions.name(),
            captions.keySerde().serializer(),
            captions.valueSerde().serializer(),
            of.described())
        .addProcessor(of.deadLetters(), DeadLetterLog::new, of.clips(), of.captions())
        .addSink(
            of.deadLettersSink(),
            deadLetters.name(),
            deadLetters.keySerde().serializer(),
            deadLetters.valueSerde().serializer(),
            of.deadLetters());
    if (file.rules().isEmpty()) {
      return topology;
    }
    return topology
        .addProcessor(
            of.alerts(),
            guard.around(new AlertsStage(of.alerts(), file.rules(), ledgers.alerts())),
            of.described())
        .addSink(
            of.alertsSink(),
            alerts.name(),
            alerts.keySerde().serializer(),
            alerts.valueSerde().serializer(),
            of.alerts());
  }

  /** The names of nodes; stores and internal topics follow from them. */
  private record Names(String prefix) {
    String frames() {
      return prefix + "-frames";
    }

    String streams() {
      return prefix + "-streams";
    }

    String clips() {
      return prefix + "-clips";
    }

    String captions() {
      return prefix + "-captions";
    }

    String described() {
      return prefix + "-described";
    }

    String captionsSink() {
      return prefix + "-captions-topic";
    }

    String alerts() {
      return prefix + "-alerts";
    }

    String alertsSink() {
      return prefix + "-alerts-topic";
    }

    String deadLetters() {
      return prefix + "-dead-letters";
    }

    String deadLettersSink() {
      return prefix + "-dead-letters-topic";
    }
  }
}
