package dev.flamingostreams.schema;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Defines the store that clips writes images to and captions reads them from, once each however
 * many windows overlap them, and beside it how far back the open windows of each stream reach.
 *
 * <p>Clips removes a frame that no clip picked when no open window can pick it any more. The frames
 * of a clip are removed by captions, when the clip is described and no open window and no other
 * clip needs them: whoever needs a frame last is always the one who knows it.
 */
public final class FrameStore {
  private static final Duration TO_DESCRIBE = Duration.ofHours(1);
  private static final int KEY_AND_OVERHEAD_BYTES = 4_096;
  private static final int SEGMENT_BYTES = 64 << 20;

  private final String frames;
  private final String reach;
  private final Set<StoreBuilder<?>> builders;

  /**
   * @param prefix what the names of both stores begin with
   * @param inMemory whether to keep images on the heap instead of in RocksDB
   * @param maxFrameBytes of one image: as large as the input topic lets a record be
   * @param windowAndGrace of the clip rules; a broker keeps images for an hour more
   */
  public FrameStore(String prefix, boolean inMemory, int maxFrameBytes, Duration windowAndGrace) {
    frames = prefix + "-frames";
    reach = prefix + "-reach";
    KeyValueBytesStoreSupplier images =
        inMemory ? Stores.inMemoryKeyValueStore(frames) : Stores.persistentKeyValueStore(frames);
    builders =
        Set.of(
            Stores.keyValueStoreBuilder(images, Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(changelog(maxFrameBytes, windowAndGrace.plus(TO_DESCRIBE))),
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(reach), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(Changelogs.ofSmallStore()));
  }

  /** The same builders for every processor that uses the store. */
  public Set<StoreBuilder<?>> builders() {
    return builders;
  }

  /** The stores of the calling processor's task. */
  public StoredFrames open(ProcessingContext context) {
    KeyValueStore<Bytes, byte[]> images = context.getStateStore(frames);
    KeyValueStore<String, byte[]> reaches = context.getStateStore(reach);
    return new StoredFrames(images, reaches);
  }

  // Only compacted, a changelog would keep every deleted image in its active segment. Retention
  // must count from arrival: a file's capture times may begin in 1970.
  private static Map<String, String> changelog(int maxFrameBytes, Duration retention) {
    Map<String, String> config = new HashMap<>();
    config.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
    config.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(Duration.ofMinutes(5).toMillis()));
    config.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SEGMENT_BYTES));
    config.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(60_000));
    config.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
    config.put(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(Math.addExact(maxFrameBytes, KEY_AND_OVERHEAD_BYTES)));
    return Map.copyOf(config);
  }
}
