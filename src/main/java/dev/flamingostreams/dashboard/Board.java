package dev.flamingostreams.dashboard;

import dev.flamingostreams.dashboard.RecentFrames.Kept;
import dev.flamingostreams.dashboard.Update.Cursor;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All that the page shows, bounded: {@value #MOST_CAMERAS} cameras, {@value #MOST_CAPTIONS}
 * captions, {@value #MOST_ALERTS} alerts with a few frames each, and recent frames within a number
 * of bytes. Thread-safe.
 */
public final class Board {
  public static final int MOST_CAMERAS = 256;
  public static final int MOST_CAPTIONS = 2_000;
  public static final int MOST_ALERTS = 50;

  static final int MOST_NAME = 80;
  static final int AT_ONCE = 500;

  private final String id = UUID.randomUUID().toString();
  private final Map<String, Tile> tiles = new LinkedHashMap<>();
  private final News<CaptionView> captions = new News<>(MOST_CAPTIONS);
  private final News<AlertView> alerts = new News<>(MOST_ALERTS);
  private final AlertFrames alertFrames;
  private final List<String> topologies;
  private final RecentFrames recent;
  private final Clock clock;
  private long version;
  private long hidden;

  /**
   * @param topologies names for the head of the page
   * @param frameBytes of all recent frames
   */
  public Board(List<String> topologies, long frameBytes, Clock clock) {
    this.topologies = List.copyOf(topologies);
    this.clock = clock;
    recent = new RecentFrames(frameBytes);
    alertFrames = new AlertFrames(recent, MOST_ALERTS);
  }

  /**
   * @param arrivedMillis when the record was written
   */
  synchronized void frames(String stream, FrameBatch batch, long arrivedMillis) {
    Tile tile = tile(stream);
    if (tile == null) {
      return;
    }
    for (Frame frame : batch.frames()) {
      recent.add(tile.id(), new Kept(frame, arrivedMillis));
      tile.frame(frame.captureMicros());
    }
    if (batch.marker() == FrameBatch.Marker.END) {
      tile.end();
    }
    changed(tile);
  }

  /**
   * @param source names of the topologies that write to its topic
   * @param writtenMillis when the record was written
   */
  synchronized void caption(String source, Caption caption, long writtenMillis) {
    Tile tile = tile(caption.stream());
    if (tile == null) {
      return;
    }
    CaptionView view = view(captions.last() + 1, tile, source, caption, writtenMillis);
    captions.add(view);
    tile.caption(view);
    changed(tile);
  }

  synchronized void alert(String source, Alert alert, long writtenMillis) {
    Tile tile = tile(alert.stream());
    if (tile == null) {
      return;
    }
    long number = alerts.last() + 1;
    alerts.add(
        new AlertView(
            number,
            Shown.text(alert.rule(), MOST_NAME),
            Shown.text(alert.severity(), MOST_NAME),
            view(0, tile, source, alert.caption(), writtenMillis),
            alert.matched().stream()
                .limit(AlertView.MOST_TERMS)
                .map(term -> Shown.text(term, MOST_NAME))
                .toList(),
            alert.count(),
            alertFrames.keep(number, tile.id(), alert.caption().frameMicros())));
    changed(tile);
  }

  /** The latest frame of a camera, or null. */
  synchronized byte @Nullable [] latest(int camera) {
    Kept kept = recent.latest(camera);
    return kept == null ? null : kept.frame().image();
  }

  /** One of the frames that were kept with an alert, or null. */
  synchronized byte @Nullable [] ofAlert(long alert, int index) {
    return alertFrames.get(alert, index);
  }

  /** What was not seen yet; everything if that is less than what came in between. */
  synchronized Update since(Cursor seen) {
    boolean whole =
        !seen.board().equals(id)
            || !captions.follows(seen.captions())
            || !alerts.follows(seen.alerts());
    Cursor from = whole ? new Cursor(id, captions.last() - AT_ONCE, 0, 0) : seen;
    List<CaptionView> newCaptions = captions.after(from.captions(), AT_ONCE);
    long lastCaption =
        newCaptions.isEmpty() ? captions.last() : newCaptions.get(newCaptions.size() - 1).id();
    return new Update(
        whole,
        new Cursor(id, lastCaption, alerts.last(), version),
        camerasSince(from.version()),
        newCaptions,
        alerts.after(from.alerts(), MOST_ALERTS),
        hidden,
        whole ? topologies : null);
  }

  /** Waits until something has changed since then, but not for long. */
  synchronized void await(Cursor seen, long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = millis; seen.version() == version && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  private List<CameraView> camerasSince(long seen) {
    long now = clock.millis();
    return tiles.values().stream()
        .filter(tile -> tile.version() > seen)
        .map(tile -> tile.view(now))
        .toList();
  }

  private CaptionView view(
      long number, Tile tile, String source, Caption caption, long writtenMillis) {
    return CaptionView.of(
        number, tile.id(), source, caption, lagSeconds(tile, caption, writtenMillis));
  }

  private @Nullable Double lagSeconds(Tile tile, Caption caption, long writtenMillis) {
    List<Long> times = caption.frameMicros();
    Kept last = times.isEmpty() ? null : recent.at(tile.id(), times.get(times.size() - 1));
    return last == null ? null : Math.max(0, writtenMillis - last.arrivedMillis()) / 1e3;
  }

  private @Nullable Tile tile(String stream) {
    Tile known = tiles.get(key(stream));
    if (known != null) {
      return known;
    }
    if (tiles.size() >= MOST_CAMERAS) {
      hidden++;
      return null;
    }
    Tile tile = new Tile(tiles.size() + 1, Shown.text(stream, MOST_NAME));
    tiles.put(key(stream), tile);
    return tile;
  }

  // an id may be as long as a record
  private static String key(String stream) {
    return stream.length() <= MOST_NAME
        ? stream
        : stream.substring(0, MOST_NAME) + "#" + stream.length() + "#" + stream.hashCode();
  }

  private void changed(Tile tile) {
    tile.heard(clock.millis(), ++version);
    notifyAll();
  }
}
