package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.VisionConfig;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Images to features: from the cache, or decoded, brought to the model's square and run through the
 * vision graph.
 */
final class FrameEncoder {
  /** Frames that are encoded at once on a CPU. */
  static final int CHUNK = 8;

  private final VisionConfig config;
  private final Sessions sessions;
  private final FeatureCache cache;
  private final ImageDecoder decoder;
  private final Executor decoding;
  private final Preprocessor preprocessor;

  FrameEncoder(
      VisionConfig config,
      Sessions sessions,
      FeatureCache cache,
      ImageDecoder decoder,
      Executor decoding) {
    this.config = config;
    this.sessions = sessions;
    this.cache = cache;
    this.decoder = decoder;
    this.decoding = decoding;
    this.preprocessor = Preprocessor.of(config);
  }

  /** Features {@code [S, D]} by frame, those that cannot be decoded with the reason. */
  static final class Encoded {
    private final Map<FrameKey, Buffer> features = new HashMap<>();
    private final Map<FrameKey, ClipException> faults = new HashMap<>();
    private final Map<FrameKey, Long> nanos = new HashMap<>();

    /** Features of a clip's frames, {@code [T, S, D]}. */
    Buffer clip(List<FrameKey> keys) throws ClipException {
      Buffer first = frame(keys, 0);
      Buffer clip = Features.room(first, keys.size() * first.remaining());
      for (int i = 0; i < keys.size(); i++) {
        Features.put(clip, frame(keys, i));
      }
      return clip.flip();
    }

    private Buffer frame(List<FrameKey> keys, int i) throws ClipException {
      ClipException fault = faults.get(keys.get(i));
      if (fault != null) {
        throw new ClipException(
            fault.reason(), "frame %d of the clip: %s".formatted(i, fault.getMessage()), fault);
      }
      return Objects.requireNonNull(features.get(keys.get(i)));
    }

    /** Time spent on these frames; each is counted once. */
    long takeNanos(List<FrameKey> keys) {
      long sum = 0;
      for (FrameKey key : keys) {
        Long spent = nanos.remove(key);
        sum += spent == null ? 0 : spent;
      }
      return sum;
    }
  }

  private int frameSize() {
    return config.tokens() * config.width();
  }

  Encoded encode(Map<FrameKey, byte[]> images) {
    Encoded encoded = new Encoded();
    Map<FrameKey, byte[]> missing = new LinkedHashMap<>();
    images.forEach(
        (key, image) -> {
          Buffer known = cache.get(key);
          if (known == null) {
            missing.put(key, image);
          } else {
            encoded.features.put(key, known);
          }
        });
    List<FrameKey> keys = new ArrayList<>(missing.keySet());
    int most = sessions.sizes().mostFrames();
    for (int from = 0; from < keys.size(); from += most) {
      List<FrameKey> chunk = keys.subList(from, Math.min(from + most, keys.size()));
      long start = System.nanoTime();
      encode(decode(chunk, missing, encoded), encoded);
      long each = (System.nanoTime() - start) / chunk.size();
      chunk.forEach(key -> encoded.nanos.put(key, each));
    }
    return encoded;
  }

  private Map<FrameKey, float[]> decode(
      List<FrameKey> keys, Map<FrameKey, byte[]> images, Encoded encoded) {
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
            encoded.faults.put(key, fault(e.getCause()));
          }
        });
    return pixels;
  }

  private static ClipException fault(@Nullable Throwable cause) {
    return cause instanceof ClipException fault
        ? fault
        : new ClipException("undecodable", "cannot decode the image: " + cause);
  }

  private float[] pixels(byte[] image) {
    try {
      return preprocessor.apply(new Pixels(decoder.decode(image)));
    } catch (ClipException e) {
      throw new CompletionException(e);
    }
  }

  private void encode(Map<FrameKey, float[]> pixels, Encoded encoded) {
    List<FrameKey> keys = List.copyOf(pixels.keySet());
    int from = 0;
    while (from < keys.size()) {
      int size = sessions.sizes().frames(keys.size() - from);
      List<FrameKey> some = keys.subList(from, Math.min(from + size, keys.size()));
      encode(some, size, pixels, encoded);
      from += size;
    }
  }

  /** Runs a graph of that many frames; places that are left over stay black. */
  private void encode(
      List<FrameKey> keys, int size, Map<FrameKey, float[]> pixels, Encoded encoded) {
    int side = config.inputSize();
    FloatBuffer input = FloatBuffer.allocate(size * 3 * side * side);
    keys.forEach(key -> input.put(pixels.get(key)));
    Array images = Array.of(Graphs.PIXELS, input.array(), size, 3, side, side);
    Buffer output = sessions.vision(size).run(List.of(images)).data(Graphs.FEATURES);
    for (int i = 0; i < keys.size(); i++) {
      Buffer features = Features.copy(output, i * frameSize(), frameSize());
      encoded.features.put(keys.get(i), features);
      cache.put(keys.get(i), features);
    }
  }
}
