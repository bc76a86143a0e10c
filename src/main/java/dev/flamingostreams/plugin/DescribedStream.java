package dev.flamingostreams.plugin;

import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** The stages of a topology as steps of the DSL, between two streams of somebody else's. */
final class DescribedStream {
  private final TopologyFile file;
  private final NodeNames of;
  private final Stages stages;

  DescribedStream(TopologyFile file, Stages stages) {
    this.file = file;
    this.of = stages.of();
    this.stages = stages;
  }

  KStream<String, Caption> captions(KStream<String, FrameBatch> frames) {
    KStream<byte[], byte[]> batches =
        frames.process(stages.batches(of.lostFrames()), Named.as(of.streams()));
    KStream<Object, Object> clips =
        batches.process(stages.clips(of.lostFrames()), Named.as(of.clips()));
    KStream<Object, Object> captions =
        DescribedStream.<String, Clip>as(clips)
            .process(stages.captions(of.lost()), Named.as(of.captions()));
    bury(
        batches
            .merge(as(clips), Named.as(of.lostFrames()))
            .merge(as(captions), Named.as(of.lost())));
    KStream<String, Caption> described =
        DescribedStream.<String, Caption>as(captions)
            .process(stages::passOn, Named.as(of.described()));
    if (!file.rules().isEmpty()) {
      alert(described);
    }
    return described;
  }

  private void alert(KStream<String, Caption> captions) {
    Topic<String, Alert> alerts = Topic.alerts(file.outputs().alerts());
    captions
        .process(stages.alerts(), Named.as(of.alerts()))
        .to(
            alerts.name(),
            Produced.with(alerts.keySerde(), alerts.valueSerde()).withName(of.alertsSink()));
  }

  private void bury(KStream<byte[], byte[]> letters) {
    Topic<byte[], byte[]> topic = Topic.deadLetters(file.outputs().deadLetters());
    letters
        .process(DeadLetterLog::new, Named.as(of.deadLetters()))
        .to(
            topic.name(),
            Produced.with(topic.keySerde(), topic.valueSerde()).withName(of.deadLettersSink()));
  }

  /** Stages forward records of one type to the next stage, and of another to the dead letters. */
  @SuppressWarnings("unchecked")
  private static <K, V> KStream<K, V> as(KStream<?, ?> mixed) {
    return (KStream<K, V>) mixed;
  }
}
