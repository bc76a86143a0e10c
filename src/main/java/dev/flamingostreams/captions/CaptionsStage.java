package dev.flamingostreams.captions;

import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.schema.Changelogs;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.FrameStore;
import dev.flamingostreams.schema.Ledger;
import dev.flamingostreams.schema.StoredFrames;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has clips described. Forwards {@code (String stream, Caption)} to the child {@code captionsTo},
 * at the clip's end as record time, and {@code (byte[] stream, byte[] clip as JSON)} with the
 * headers of {@link dev.flamingostreams.schema.DeadLetter} to the child {@code deadLettersTo}.
 *
 * <p>Clips in = captioned + dead-lettered + overloaded + lagging + unchanged + disabled (by an
 * agent that gave its model up) + still pending. Each leaves in its stream's order and as exactly
 * one record, overloaded, lagging and disabled ones as dead letters with that reason, but for
 * unchanged ones that are to be omitted, which are only counted; those that are repeated count as
 * captioned.
 */
public final class CaptionsStage implements ProcessorSupplier<String, Clip, Object, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(CaptionsStage.class);
  private static final long THIS_PROCESS = new SecureRandom().nextLong();

  static final String CAPTIONED = "captioned";
  static final String DEAD_LETTERED = "dead-lettered";
  static final String OVERLOADED = "overloaded";
  static final String LAGGING = "lagging";
  static final String UNCHANGED = "unchanged";
  static final String DISABLED = "disabled";

  private final String name;
  private final Supplier<? extends Describer> describer;
  private final CaptionLimits limits;
  private final FrameStore frames;
  private final String captionsTo;
  private final String deadLettersTo;
  private final Ledger ledger;
  private final long process;
  private final StoreBuilder<?> pending;
  private final StoreBuilder<?> last;
  private final Semaphore suspectsTurn = new Semaphore(1);
  private final Patience patience = new Patience();
  private final Pace pace;
  private final Landing landing;
  private final Backlog backlog;

  /**
   * @param name of the processor; its own store's name begins with it
   * @param describer asked for when a task starts; the stage never closes it
   * @param frames shared with the clips stage
   * @param landing begun before the application is closed
   * @param ledger from {@link #ledger()}
   */
  public CaptionsStage(
      String name,
      Supplier<? extends Describer> describer,
      CaptionLimits limits,
      FrameStore frames,
      String captionsTo,
      String deadLettersTo,
      Landing landing,
      Ledger ledger) {
    this(name, describer, limits, frames, captionsTo, deadLettersTo, landing, ledger, THIS_PROCESS);
  }

  CaptionsStage(
      String name,
      Supplier<? extends Describer> describer,
      CaptionLimits limits,
      FrameStore frames,
      String captionsTo,
      String deadLettersTo,
      Landing landing,
      Ledger ledger,
      long process) {
    this.name = name;
    this.describer = describer;
    this.limits = limits;
    this.frames = frames;
    this.captionsTo = captionsTo;
    this.deadLettersTo = deadLettersTo;
    this.landing = landing;
    this.ledger = ledger;
    this.process = process;
    pace = new Pace(limits.drainEvery());
    pending = store(pendingStore(), Serdes.Bytes());
    last = store(lastStore(), Serdes.String());
    // `flamingo run` shows warnings; who has read of a lag waits for its end, too
    backlog = new Backlog(name, limits.lagging(), LOG::warn);
  }

  private static <K> StoreBuilder<?> store(String name, Serde<K> keys) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), keys, Serdes.ByteArray())
        .withLoggingEnabled(Changelogs.ofSmallStore());
  }

  /** A new ledger with this stage's equation. */
  public static Ledger ledger() {
    return new Ledger(
        "captions",
        "clips",
        List.of(CAPTIONED, DEAD_LETTERED, OVERLOADED, LAGGING, UNCHANGED, DISABLED));
  }

  @Override
  public Processor<String, Clip, Object, Object> get() {
    return new CaptionsProcessor(limits, this::start);
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    Set<StoreBuilder<?>> stores = new HashSet<>(frames.builders());
    stores.add(pending);
    if (limits.unchanged().compares()) {
      stores.add(last);
    }
    return stores;
  }

  private String pendingStore() {
    return name + "-pending";
  }

  private String lastStore() {
    return name + "-last";
  }

  private CaptionsTask start(ProcessorContext<Object, Object> context) {
    Describer engine = describer.get();
    StoredFrames images = frames.open(context);
    PendingClips clips = new PendingClips(context.getStateStore(pendingStore()), images);
    LastDescriptions descriptions = descriptions(context);
    Lag lag = new Lag(limits.lagging());
    Ledger.Entries entries = ledger.entries(context, name);
    LagMetrics metrics = new LagMetrics(entries);
    Outlet outlet = new Outlet(context, engine::model, captionsTo, deadLettersTo);
    Bell bell = new Bell();
    EngineGauges.show(engine, entries);
    return new CaptionsTask(
        context,
        limits,
        clips,
        new Launcher(engine, limits, clips, images, suspectsTurn, lag, descriptions, bell, process),
        new Settlement(outlet, descriptions, limits.unchanged().then(), entries, metrics),
        new Lookout(context.taskId(), lag, metrics, backlog),
        bell,
        patience,
        pace,
        landing,
        entries);
  }

  private LastDescriptions descriptions(ProcessorContext<Object, Object> context) {
    Unchanged unchanged = limits.unchanged();
    return new LastDescriptions(
        unchanged.compares() ? context.getStateStore(lastStore()) : null, unchanged.within());
  }
}
