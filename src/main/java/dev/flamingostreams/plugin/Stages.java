package dev.flamingostreams.plugin;

import dev.flamingostreams.alerts.AlertsStage;
import dev.flamingostreams.captions.CaptionsStage;
import dev.flamingostreams.captions.Landing;
import dev.flamingostreams.clips.ClipsStage;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameStore;
import java.util.function.Supplier;

/** The stages of one topology, which share a store; each forwards to nodes by their names. */
record Stages(
    TopologyFile file,
    NodeNames of,
    FrameStore store,
    Supplier<? extends Describer> describer,
    Ledgers ledgers,
    Landing landing) {

  static Stages of(
      TopologyFile file,
      Supplier<? extends Describer> describer,
      Ledgers ledgers,
      Landing landing) {
    NodeNames names = new NodeNames(file.name());
    FrameStore store =
        new FrameStore(
            names.prefix(), file.framesInMemory(), file.input().maxBytes(), file.windowAndGrace());
    return new Stages(file, names, store, describer, ledgers, landing);
  }

  StreamsStage<byte[], byte[]> streams(int mostSentBytes, String deadLettersTo) {
    return StreamsStage.ofTopic(setup(SizeLimit.of(file.input(), mostSentBytes), deadLettersTo));
  }

  StreamsStage<String, FrameBatch> batches(String deadLettersTo) {
    return StreamsStage.ofBatches(setup(SizeLimit.of(file.input()), deadLettersTo));
  }

  private StreamsStage.Setup setup(SizeLimit limit, String deadLettersTo) {
    return new StreamsStage.Setup(
        of.streams(), file.input().streams(), limit, of.clips(), deadLettersTo, ledgers.streams());
  }

  ClipsStage clips(String deadLettersTo) {
    return new ClipsStage(
        of.clips(),
        file.clips(),
        store,
        of.captions(),
        deadLettersTo,
        ledgers.clips(),
        ledgers.seen(),
        () -> describer.get()::prepare);
  }

  CaptionsStage captions(String deadLettersTo) {
    return new CaptionsStage(
        of.captions(),
        describer,
        file.limits(),
        store,
        of.described(),
        deadLettersTo,
        landing,
        ledgers.captions());
  }

  PassOn passOn() {
    return new PassOn(ledgers.captioned());
  }

  AlertsStage alerts() {
    return new AlertsStage(of.alerts(), file.rules(), ledgers.alerts());
  }
}
