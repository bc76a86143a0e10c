package dev.flamingostreams.captions;

import dev.flamingostreams.engine.Comparison;
import dev.flamingostreams.engine.Signature;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Clip;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** One task's last described clips by stream. Without a store nothing is compared. */
final class LastDescriptions {
  private final @Nullable KeyValueStore<String, byte[]> store;
  private final double within;

  LastDescriptions(@Nullable KeyValueStore<String, byte[]> store, double within) {
    this.store = store;
    this.within = within;
  }

  /** Whether clips are compared; then one clip of a stream may fly at a time. */
  boolean areKept() {
    return store != null;
  }

  Comparison comparison(Clip clip) {
    LastDescription last = of(clip);
    return new Comparison(last == null ? null : Signature.fromBytes(last.signature()), within);
  }

  /** What a clip can be compared with: of the same run of its stream. */
  @Nullable LastDescription of(Clip clip) {
    byte[] bytes = store == null ? null : store.get(clip.stream());
    LastDescription last = bytes == null ? null : LastDescription.read(bytes);
    return last != null && last.run() == clip.run() ? last : null;
  }

  void put(Clip clip, Caption caption, Signature signature) {
    if (store != null) {
      store.put(clip.stream(), LastDescription.of(clip, caption, signature).write());
    }
  }
}
