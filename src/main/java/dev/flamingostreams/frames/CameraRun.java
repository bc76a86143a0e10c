package dev.flamingostreams.frames;

import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import java.io.IOException;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends one camera's frames. Its own thread decodes; the thread that calls {@link #tick} sends what
 * has waited for long enough and says when a live camera is silent, even while decoding blocks.
 */
final class CameraRun implements Callable<Outcome> {
  private static final long FIRST_RETRY_MILLIS = 1_000;
  private static final long LAST_RETRY_MILLIS = 30_000;

  private final Camera camera;
  private final Tail tail;
  private final FrameSender sender;
  private final IngestProgress progress;
  private final Clock wall;
  private final FrameBatcher batcher = new FrameBatcher();
  private final LiveClock liveClock;
  private boolean live;
  private long retryMillis = FIRST_RETRY_MILLIS;
  private volatile long frames;
  private volatile long bytes;

  CameraRun(Camera camera, Tail tail, FrameSender sender, IngestProgress progress, Clock wall) {
    this.camera = camera;
    this.tail = tail;
    this.sender = sender;
    this.progress = progress;
    this.wall = wall;
    liveClock = new LiveClock(tail.lastMicros());
  }

  @Override
  public Outcome call() throws InterruptedException {
    String error = null;
    Throwable cause = null;
    try {
      error = run();
    } catch (IOException e) {
      error = e.getMessage();
      cause = e;
    } catch (RuntimeException | Error e) { // of natives: the other cameras go on
      error = "unexpected " + e;
      cause = e;
    }
    left();
    try {
      send(drain());
      sender.flush(camera.id());
    } catch (BrokerException e) {
      error = error == null ? e.getMessage() : error;
      cause = cause == null ? e : cause;
    }
    Outcome outcome = new Outcome(camera, frames, bytes, error, cause);
    progress.ended(outcome);
    return outcome;
  }

  /** Sends what has waited for long enough, and that a live camera is silent. */
  synchronized void tick(long nowNanos) {
    if (batcher.due(nowNanos)) {
      send(batcher.drain());
    }
    OptionalLong until = live ? liveClock.idleUntil(micros()) : OptionalLong.empty();
    if (until.isPresent()) {
      send(batcher.drain());
      send(FrameBatch.idleUntil(until.getAsLong()));
    }
  }

  /** What is wrong with a source that has been sent as far as it goes, or null. */
  private @Nullable String run() throws IOException, InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      try (Video video = Video.open(camera.source())) {
        opened(video);
        long before = frames;
        play(video);
        if (!isLive()) {
          end();
          return video.damage().orElse(null);
        }
        if (video.live() || frames == before) {
          retry("the camera has closed the connection");
        }
      } catch (VideoException e) {
        if (!reconnects()) {
          throw e;
        }
        retry(e.getMessage());
      }
    }
    throw new InterruptedException();
  }

  private boolean reconnects() {
    return isLive()
        || Source.isCamera(camera.source())
        || (camera.live() && Source.isRemote(camera.source()));
  }

  private void retry(@Nullable String reason) throws InterruptedException {
    progress.note(camera, "%s; connects again in %d s".formatted(reason, retryMillis / 1_000));
    TimeUnit.MILLISECONDS.sleep(retryMillis);
    retryMillis = Math.min(2 * retryMillis, LAST_RETRY_MILLIS);
  }

  /** What has ended is not silent. */
  private synchronized void left() {
    live = false;
  }

  private synchronized boolean isLive() {
    return live;
  }

  private synchronized void opened(Video video) {
    live = video.live() || camera.live();
    liveClock.reconnected();
    progress.opened(camera, video.durationMicros());
  }

  private void play(Video video) throws IOException, InterruptedException {
    Pace pace = new Pace();
    try (FrameReader reader = video.sample(camera.sampling())) {
      if (!isLive() && tail.lastMicros().isPresent()) {
        skip(reader, tail.lastMicros().getAsLong());
      }
      for (Frame frame = reader.next(); frame != null; frame = reader.next()) {
        if ((camera.realtime() || camera.live()) && !video.live()) {
          pace.await(frame.captureMicros());
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        retryMillis = FIRST_RETRY_MILLIS;
        add(frame);
        sender.check(camera.id());
        progress.sent(camera, frames, frame.captureMicros());
      }
    }
  }

  private void skip(FrameReader reader, long lastMicros) {
    reader.after(lastMicros - camera.startMicros());
    progress.note(
        camera,
        "the topic has it up to %.1f s; goes on after that"
            .formatted((lastMicros - camera.startMicros()) / 1e6));
  }

  private synchronized void add(Frame frame) throws VideoException {
    long captured =
        live
            ? liveClock.capture(frame.captureMicros(), micros())
            : camera.startMicros() + frame.captureMicros();
    send(batcher.add(new Frame(captured, frame.image()), System.nanoTime()));
    frames = frames + 1;
    bytes = bytes + frame.image().length;
  }

  // A stream that has ended already and got nothing new has its end marker.
  private void end() {
    if (frames > 0 || !tail.ended()) {
      send(drain());
      send(FrameBatch.end());
    }
  }

  private synchronized @Nullable FrameBatch drain() {
    return batcher.drain();
  }

  private void send(@Nullable FrameBatch batch) {
    if (batch != null) {
      sender.send(camera.id(), batch);
    }
  }

  private long micros() {
    return TimeUnit.MILLISECONDS.toMicros(wall.millis());
  }

  /** Lets a file play no faster than its own clock. */
  private static final class Pace {
    private boolean started;
    private long origin;

    void await(long videoMicros) throws InterruptedException {
      long now = System.nanoTime();
      if (!started) {
        started = true;
        origin = now - videoMicros * 1_000;
      }
      TimeUnit.NANOSECONDS.sleep(origin + videoMicros * 1_000 - now);
    }
  }
}
