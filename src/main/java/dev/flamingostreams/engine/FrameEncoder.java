package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.VisionConfig;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Images to features: known ones, or decoded, brought to the model's square and run through the
 * vision graph. For one thread; all of an engine share what they know.
 */
final class FrameEncoder {
  /** Frames that are encoded at once on a CPU. */
  static final int CHUNK = 8;

  private final VisionConfig config;
  private final Sessions sessions;
  private final FramePool pool;
  private final EngineCounts counts;
  private final ImageDecoder decoder;
  private final Executor decoding;
  private final Preprocessor preprocessor;

  FrameEncoder(
      VisionConfig config,
      Sessions sessions,
      FramePool pool,
      EngineCounts counts,
      ImageDecoder decoder,
      Executor decoding) {
    this.config = config;
    this.sessions = sessions;
    this.pool = pool;
    this.counts = counts;
    this.decoder = decoder;
    this.decoding = decoding;
    this.preprocessor = Preprocessor.of(config);
  }

  /**
   * Features of the frames that clips bring along: what is known, what another thread is at, and
   * the rest, which is encoded here.
   */
  EncodedFrames encode(Map<FrameKey, byte[]> images) {
    pool.waiting().remove(images.keySet());
    EncodedFrames encoded = new EncodedFrames();
    Map<FrameKey, byte[]> missing = new LinkedHashMap<>(images);
    int unknown = 0;
    while (!missing.isEmpty()) {
      Set<FrameKey> mine = pool.claims().claim(missing.keySet());
      try {
        // looked up after the claim: whoever had claimed them before has put them there
        takeKnown(missing, encoded);
        Map<FrameKey, byte[]> rest = only(missing, mine);
        unknown += rest.size();
        encode(rest, encoded, pool.cache()::put);
      } finally {
        pool.claims().release(mine);
      }
      missing.keySet().removeAll(mine);
      pool.claims().awaitAny(missing.keySet());
    }
    counts.asked(images.size(), images.size() - unknown);
    return encoded;
  }

  /**
   * Encodes frames that no clip has brought yet. One that cannot be decoded is passed over: its
   * clip will be told.
   */
  void encodeAhead(Map<FrameKey, byte[]> images) {
    Set<FrameKey> mine = pool.claims().claim(images.keySet());
    try {
      Map<FrameKey, byte[]> unknown = only(images, mine);
      unknown.keySet().removeIf(pool.cache()::contains);
      encode(unknown, new EncodedFrames(), pool.cache()::putAhead);
    } finally {
      pool.claims().release(mine);
    }
  }

  private void takeKnown(Map<FrameKey, byte[]> missing, EncodedFrames encoded) {
    missing
        .keySet()
        .removeIf(
            key -> {
              Buffer known = pool.cache().get(key);
              if (known != null) {
                encoded.put(key, known);
              }
              return known != null;
            });
  }

  private static Map<FrameKey, byte[]> only(Map<FrameKey, byte[]> images, Set<FrameKey> keys) {
    Map<FrameKey, byte[]> only = new LinkedHashMap<>(images);
    only.keySet().retainAll(keys);
    return only;
  }

  private void encode(
      Map<FrameKey, byte[]> images, EncodedFrames encoded, BiConsumer<FrameKey, Buffer> keep) {
    List<FrameKey> keys = List.copyOf(images.keySet());
    int most = sessions.sizes().mostFrames();
    for (int from = 0; from < keys.size(); from += most) {
      List<FrameKey> chunk = keys.subList(from, Math.min(from + most, keys.size()));
      long start = System.nanoTime();
      int decoded = encodeDecoded(decode(chunk, images, encoded), encoded, keep);
      long nanos = System.nanoTime() - start;
      long each = nanos / chunk.size();
      chunk.forEach(key -> encoded.spent(key, each));
      counts.encoded(decoded, nanos);
    }
  }

  private Map<FrameKey, float[]> decode(
      List<FrameKey> keys, Map<FrameKey, byte[]> images, EncodedFrames encoded) {
    Map<FrameKey, CompletableFuture<float[]>> decoded = new LinkedHashMap<>();
    for (FrameKey key : keys) {
      byte[] image = images.getOrDefault(key, new byte[0]);
      decoded.put(key, CompletableFuture.supplyAsync(() -> pixels(image), decoding));
    }
    Map<FrameKey, float[]> pixels = new LinkedHashMap<>();
    decoded.forEach(
        (key, future) -> {
          try {
            pixels.put(key, future.join());
          } catch (CompletionException e) {
            encoded.fail(key, fault(e.getCause()));
          }
        });
    return pixels;
  }

  private static ClipException fault(@Nullable Throwable cause) {
    return cause instanceof ClipException fault
        ? fault
        : new ClipException(ClipException.Reason.UNDECODABLE, "cannot decode the image: " + cause);
  }

  private float[] pixels(byte[] image) {
    try {
      return preprocessor.apply(new Pixels(decoder.decode(image)));
    } catch (ClipException e) {
      throw new CompletionException(e);
    }
  }

  private int encodeDecoded(
      Map<FrameKey, float[]> pixels, EncodedFrames encoded, BiConsumer<FrameKey, Buffer> keep) {
    List<FrameKey> keys = List.copyOf(pixels.keySet());
    int from = 0;
    while (from < keys.size()) {
      int size = sessions.sizes().frames(keys.size() - from);
      List<FrameKey> some = keys.subList(from, Math.min(from + size, keys.size()));
      Buffer features = run(some, size, pixels);
      for (int i = 0; i < some.size(); i++) {
        Buffer one = Features.copy(features, i * frameSize(), frameSize());
        encoded.put(some.get(i), one);
        keep.accept(some.get(i), one);
      }
      from += size;
    }
    return keys.size();
  }

  /** Runs a graph of that many frames. */
  private Buffer run(List<FrameKey> keys, int size, Map<FrameKey, float[]> pixels) {
    int side = config.inputSize();
    List<Buffer> frames = new ArrayList<>();
    keys.forEach(key -> frames.add(FloatBuffer.wrap(pixels.get(key))));
    frames.add(FloatBuffer.allocate((size - keys.size()) * 3 * side * side)); // left over: grey
    Array images = new Array(Graphs.PIXELS, frames, size, 3, side, side);
    return sessions.vision(size).run(List.of(images)).data(Graphs.FEATURES);
  }

  private int frameSize() {
    return config.tokens() * config.width();
  }
}
