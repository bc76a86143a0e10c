package dev.flamingostreams.plugin;

import dev.flamingostreams.captions.Landing;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
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
    NodeNames of = new NodeNames(file.name());
    Stages stages = Stages.of(file, describer, ledgers, landing);
    Topic<byte[], byte[]> deadLetters = Topic.deadLetters(file.outputs().deadLetters());
    Topic<String, Caption> captions = Topic.captions(file.outputs().captions());
    Topic<String, Alert> alerts = Topic.alerts(file.outputs().alerts());

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
            guard.around(stages.streams(guard.mostBytes(), of.deadLetters())),
            of.frames())
        .addProcessor(of.clips(), guard.around(stages.clips(of.deadLetters())), of.streams())
        .addProcessor(of.captions(), guard.around(stages.captions(of.deadLetters())), of.clips())
        .addProcessor(of.described(), stages::passOn, of.captions())
        .addSink(
            of.captionsSink(),
            captions.name(),
            captions.keySerde().serializer(),
            captions.valueSerde().serializer(),
            of.described())
        .addProcessor(of.deadLetters(), DeadLetterLog::new, of.streams(), of.clips(), of.captions())
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
        .addProcessor(of.alerts(), guard.around(stages.alerts()), of.described())
        .addSink(
            of.alertsSink(),
            alerts.name(),
            alerts.keySerde().serializer(),
            alerts.valueSerde().serializer(),
            of.alerts());
  }
}
