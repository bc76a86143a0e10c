package dev.flamingostreams.frames;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys and values of one camera, or of the defaults, each with its line. */
final class CameraEntry {
  private static final List<String> COMMON = List.of("rate", "size", "quality", "realtime", "live");
  private static final List<String> OWN = List.of("id", "source", "start");

  private final Path file;
  private final int line;
  private final boolean camera;
  private final Map<String, Value> values = new LinkedHashMap<>();

  private record Value(String text, int line) {}

  private interface Parser<T> {
    T parse(String text);
  }

  CameraEntry(Path file, int line, boolean camera) {
    this.file = file;
    this.line = line;
    this.camera = camera;
  }

  void put(String key, String text, int at) throws IOException {
    boolean known = COMMON.contains(key) || (camera && OWN.contains(key));
    if (!known) {
      throw wrong(at, "unknown key '%s'; use %s".formatted(key, keys()));
    }
    if (values.put(key, new Value(text, at)) != null) {
      throw wrong(at, "'%s' is given twice".formatted(key));
    }
  }

  Camera camera(CameraEntry defaults) throws IOException {
    String id = required("id");
    String source = required("source");
    double rate = get("rate", defaults, Double::valueOf, "frames a second", Sampling.DEFAULT_RATE);
    int size = get("size", defaults, Integer::valueOf, "whole pixels", Sampling.DEFAULT_MAX_SIDE);
    double quality =
        get("quality", defaults, Double::valueOf, "a number to 1", Sampling.DEFAULT_QUALITY);
    boolean realtime = get("realtime", defaults, CameraEntry::bool, "true or false", false);
    boolean live = get("live", defaults, CameraEntry::bool, "true or false", false);
    long start = get("start", defaults, CaptureTime::micros, "as 2026-11-23T08:00:00Z", 0L);
    if (live && values.containsKey("start")) {
      throw wrong("start", "is for a file that plays once; with live it goes by the wall clock");
    }
    try {
      return new Camera(id, source, new Sampling(rate, size, quality), start, realtime, live);
    } catch (IllegalArgumentException e) {
      throw wrong(line, "camera '%s': %s".formatted(id, e.getMessage()));
    }
  }

  /** What is wrong with that key, or with the whole entry if it has no such key. */
  IOException wrong(String key, String what) {
    Value value = values.get(key);
    return wrong(value == null ? line : value.line(), key + " " + what);
  }

  private String required(String key) throws IOException {
    Value value = values.get(key);
    if (value == null || value.text().isBlank()) {
      throw wrong(key, "is missing; every camera needs id and source");
    }
    return value.text();
  }

  private <T> T get(
      String key, CameraEntry defaults, Parser<T> parser, String expected, T otherwise)
      throws IOException {
    @Nullable Value value = values.get(key);
    if (value == null) {
      return defaults == this
          ? otherwise
          : defaults.get(key, defaults, parser, expected, otherwise);
    }
    try {
      return parser.parse(value.text());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw wrong(key, "'%s' is not %s".formatted(value.text(), expected));
    }
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private String keys() {
    String common = String.join(", ", COMMON);
    return camera ? String.join(", ", OWN) + ", " + common : common;
  }

  private IOException wrong(int at, String what) {
    return new IOException("%s:%d: %s".formatted(file, at, what));
  }
}
