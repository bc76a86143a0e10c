package dev.flamingostreams.dashboard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one camera. Not thread-safe. */
final class Tile {
  static final int LAGS = 40;

  private final int id;
  private final String name;
  private final Deque<Double> lags = new ArrayDeque<>();
  private @Nullable CaptionView caption;
  private @Nullable Long frameMicros;
  private boolean ended;
  private long heardMillis;
  private long frames;
  private long captions;
  private long version;

  Tile(int id, String name) {
    this.id = id;
    this.name = name;
  }

  int id() {
    return id;
  }

  /** Of the board when this changed last. */
  long version() {
    return version;
  }

  void frame(long captureMicros) {
    frameMicros = captureMicros;
    ended = false;
    frames++;
  }

  void end() {
    ended = true;
  }

  void caption(CaptionView view) {
    caption = view;
    captions++;
    if (view.lagSeconds() != null) {
      lags.addLast(view.lagSeconds());
      if (lags.size() > LAGS) {
        lags.removeFirst();
      }
    }
  }

  void heard(long nowMillis, long boardVersion) {
    heardMillis = nowMillis;
    version = boardVersion;
  }

  CameraView view(long nowMillis) {
    return new CameraView(
        id,
        name,
        frameMicros,
        ended,
        Math.max(0, nowMillis - heardMillis) / 1_000,
        frames,
        captions,
        caption,
        List.copyOf(lags));
  }
}
