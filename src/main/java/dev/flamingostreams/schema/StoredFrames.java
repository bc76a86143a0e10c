package dev.flamingostreams.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** One task's images, and how far back the open windows of each of its streams reach. */
public final class StoredFrames {
  private final KeyValueStore<Bytes, byte[]> images;
  private final RecentImages recent;
  private final KeyValueStore<String, byte[]> reaches;

  StoredFrames(
      KeyValueStore<Bytes, byte[]> images,
      RecentImages recent,
      KeyValueStore<String, byte[]> reaches) {
    this.images = images;
    this.recent = recent;
    this.reaches = reaches;
  }

  public void put(String stream, long run, long captureMicros, byte[] image) {
    Bytes key = key(stream, run, captureMicros);
    images.put(key, image);
    recent.put(key, image);
  }

  /** The image, or null if the store has lost it. */
  public byte @Nullable [] get(String stream, long run, long captureMicros) {
    Bytes key = key(stream, run, captureMicros);
    byte[] known = recent.get(key);
    if (known != null) {
      return known;
    }
    byte[] stored = images.get(key);
    if (stored != null) {
      recent.put(key, stored);
    }
    return stored;
  }

  public void delete(String stream, long run, long captureMicros) {
    Bytes key = key(stream, run, captureMicros);
    recent.remove(key);
    images.put(key, null); // delete() would read the image in order to return it
  }

  /** Lets go of what is kept on the heap, when the task closes. */
  public void close() {
    recent.clear();
  }

  /**
   * From now on no window of the stream needs a frame before this one. Not known after a restart,
   * until it is said again.
   */
  public void reach(String stream, long run, long captureMicros) {
    reaches.put(stream, ByteBuffer.allocate(16).putLong(run).putLong(captureMicros).array());
  }

  /** Whether an open window of the stream may still need a frame of that run and time. */
  public boolean reachable(String stream, long run, long captureMicros) {
    byte[] value = reaches.get(stream);
    if (value == null) {
      return true;
    }
    ByteBuffer reach = ByteBuffer.wrap(value);
    long openRun = reach.getLong();
    return run > openRun || (run == openRun && captureMicros >= reach.getLong());
  }

  // Length first: no stream's keys lie among those of another.
  private static Bytes key(String stream, long run, long captureMicros) {
    byte[] name = stream.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(4 + name.length + 16)
            .putInt(name.length)
            .put(name)
            .putLong(run)
            .putLong(captureMicros)
            .array());
  }
}
