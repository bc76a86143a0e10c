package dev.flamingostreams.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The body of an answer, given up when nothing comes for long: the JDK's client waits for ever. */
final class WatchedBody extends FilterInputStream {
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final Duration patience;
  private volatile boolean stalled;

  WatchedBody(InputStream body, Duration patience) {
    super(body);
    this.patience = patience;
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "flamingo-hub-watch");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    ScheduledFuture<?> alarm =
        CLOCK.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    int read = -1;
    try {
      read = in.read(bytes, offset, length);
    } catch (IOException e) {
      if (!stalled) {
        throw e;
      }
    } finally {
      alarm.cancel(false);
    }
    if (stalled) {
      throw new HttpTimeoutException("nothing came for %d s".formatted(patience.toSeconds()));
    }
    return read;
  }

  private void giveUp() {
    stalled = true;
    try {
      in.close(); // wakes the reader
    } catch (IOException e) {
      return; // the reader learns of it by itself
    }
  }
}
