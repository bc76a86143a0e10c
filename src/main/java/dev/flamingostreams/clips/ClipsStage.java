package dev.flamingostreams.clips;

import dev.flamingostreams.schema.Changelogs;
import dev.flamingostreams.schema.FrameStore;
import dev.flamingostreams.schema.Ledger;
import dev.flamingostreams.schema.StoredFrames;
import dev.flamingostreams.schema.StreamTimes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Cuts the streams of topic frames into clips. Reads raw keys and values; forwards {@code (String
 * stream, Clip)} to the child {@code clipsTo} and {@code (byte[] key, byte[] value)} with the
 * headers of {@link dev.flamingostreams.schema.DeadLetter} to the child {@code deadLettersTo}.
 *
 * <p>Frames in = in clips + between samples + late + in short windows + undecodable + duplicate +
 * in excess + still in open windows. A record that is not a frame batch counts as one frame.
 */
public final class ClipsStage implements ProcessorSupplier<byte[], byte[], Object, Object> {
  private final String name;
  private final ClipRules rules;
  private final FrameStore frames;
  private final String clipsTo;
  private final String deadLettersTo;
  private final Ledger ledger;
  private final StreamTimes seen;
  private final Supplier<? extends Consumer<byte[]>> ahead;
  private final StoreBuilder<?> streams;

  /**
   * @param name of the processor; its own store's name begins with it
   * @param frames shared with the captions stage
   * @param ledger from {@link #ledger()}
   * @param seen is told of each stream's frames
   * @param ahead asked for when a task starts; takes the images that clips will probably show, some
   *     time before the clip, each at most once
   */
  public ClipsStage(
      String name,
      ClipRules rules,
      FrameStore frames,
      String clipsTo,
      String deadLettersTo,
      Ledger ledger,
      StreamTimes seen,
      Supplier<? extends Consumer<byte[]>> ahead) {
    this.name = name;
    this.rules = rules;
    this.frames = frames;
    this.clipsTo = clipsTo;
    this.deadLettersTo = deadLettersTo;
    this.ledger = ledger;
    this.seen = seen;
    this.ahead = ahead;
    streams =
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(streamsStore()), Serdes.String(), Serdes.ByteArray())
            .withLoggingEnabled(Changelogs.ofSmallStore());
  }

  /** A new ledger with this stage's equation. */
  public static Ledger ledger() {
    return new Ledger("clips", "frames", Arrays.stream(Fate.values()).map(Fate::label).toList());
  }

  @Override
  public Processor<byte[], byte[], Object, Object> get() {
    return new ClipsProcessor(rules, this::start);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    Set<StoreBuilder<?>> stores = new HashSet<>(frames.builders());
    stores.add(streams);
    return stores;
  }

  private ClipsTask start(ProcessorContext<Object, Object> context) {
    StoredFrames images = frames.open(context);
    return new ClipsTask(
        context,
        new Streams(context.getStateStore(streamsStore()), rules),
        images,
        ledger.entries(context, name),
        seen.entries(),
        new Rejects(context, deadLettersTo),
        new Silence(rules.flush(), context.currentSystemTimeMs()),
        new Ahead(context, images, ahead.get()),
        clipsTo);
  }

  private String streamsStore() {
    return name + "-streams";
  }
}
