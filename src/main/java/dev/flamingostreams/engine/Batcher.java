package dev.flamingostreams.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gathers clips into batches and has them computed, by one thread or several. When a batch fails or
 * takes too long, its clips are tried again one by one, so that only the clip at fault fails. A
 * thread that is stuck is left behind, and another one with a new processor takes its place.
 *
 * <p>While no clip is due, frames of clips to come are encoded, a few at a time: a clip never waits
 * for more than those. If that fails or hangs, they are encoded with their clips.
 */
final class Batcher implements AutoCloseable {
  private static final Set<Thread> ABANDONED = ConcurrentHashMap.newKeySet();

  private final Function<Runnable, BatchProcessor> processors;
  private final Crew crew;
  private final int maxBatch;
  private final long lingerNanos;
  private final Duration timeout;
  private final FramePool frames;
  private final Deque<ClipJob> queue = new ArrayDeque<>(); // guarded by this
  private final ScheduledThreadPoolExecutor watchdog;
  private final Set<Worker> workers = new HashSet<>(); // guarded by this
  private boolean closed; // guarded by this
  private boolean resting; // guarded by this

  /**
   * @param processors one for each thread; each does what it is given between pieces of its work
   * @param crew that computes
   */
  Batcher(
      Function<Runnable, BatchProcessor> processors,
      Crew crew,
      int maxBatch,
      Duration linger,
      Duration timeout,
      FramePool frames) {
    this.processors = processors;
    this.crew = crew;
    this.maxBatch = maxBatch;
    this.lingerNanos = linger.toNanos();
    this.timeout = timeout;
    this.frames = frames;
    watchdog = new ScheduledThreadPoolExecutor(1, Threads.named("flamingo-watchdog"));
    watchdog.setRemoveOnCancelPolicy(true);
    for (int i = 0; i < crew.size(); i++) {
      hire();
    }
  }

  private synchronized void hire() {
    Worker worker = new Worker();
    workers.add(worker);
    worker.start();
  }

  /** Queues a job; its outcome is cancelled if this is closed before. */
  synchronized void submit(ClipJob job) {
    if (closed) {
      job.outcome().cancel(false);
      return;
    }
    queue.addLast(job);
    notifyAll();
  }

  /** Queues a frame of a clip to come. */
  void prepare(byte[] image) {
    frames.prepare(image);
    synchronized (this) {
      notifyAll();
    }
  }

  /** Cancels what has not begun and waits for what has, but no longer than a clip may take. */
  @Override
  public void close() {
    List<Worker> last;
    synchronized (this) {
      closed = true;
      queue.forEach(job -> job.outcome().cancel(false));
      queue.clear();
      last = List.copyOf(workers);
      notifyAll();
    }
    for (Worker worker : last) {
      worker.await(timeout);
      if (worker.thread.isAlive()) {
        ABANDONED.add(worker.thread);
      }
    }
    watchdog.shutdownNow();
  }

  /** Takes up nothing more and waits for what has begun; what has not is never answered. */
  void rest(Duration patience) {
    List<Worker> last;
    synchronized (this) {
      resting = true;
      last = List.copyOf(workers);
      notifyAll();
    }
    last.forEach(worker -> worker.await(patience));
  }

  /** Whether a worker that was left behind, of any batcher, is at work still. */
  static boolean isStuck() {
    ABANDONED.removeIf(thread -> !thread.isAlive());
    return !ABANDONED.isEmpty();
  }

  private final class Worker implements Runnable {
    private final Thread thread = crew.threads().newThread(this);
    private final Effort effort = new Effort(crew.rest());
    private volatile boolean abandoned;
    private @Nullable Alarm alarm;
    private long restsUntil = System.nanoTime();
    private boolean hasToRest;

    void start() {
      thread.start();
    }

    void await(Duration patience) {
      try {
        thread.join(patience.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void run() {
      try (BatchProcessor processor = processors.apply(this::pause)) {
        for (Work work = next(this, processor); work != null; work = next(this, processor)) {
          run(processor, work);
        }
      }
    }

    private void run(BatchProcessor processor, Work work) {
      Alarm own = new Alarm(watchdog, timeout, () -> abandon(this, work));
      alarm = own;
      hasToRest = false;
      own.start();
      try {
        work.run(processor);
      } catch (RuntimeException | Error e) {
        // an OutOfMemoryError too is the batch's fault before it is the engine's
        work.fail(
            this,
            new ClipException(
                ClipException.Reason.MODEL, "the model failed on this clip: " + reason(e), e));
      } finally {
        own.stop();
        alarm = null;
        owe(effort.restAfter());
      }
    }

    private void owe(long rest) {
      hasToRest |= rest > 0;
      restsUntil = System.nanoTime() + rest;
    }

    /** Between pieces of work: rests where so much was computed that it has to. */
    private void pause() {
      long rest = effort.restBetween();
      Alarm running = alarm;
      if (rest > 0 && running != null) {
        owe(rest);
        running.stop();
        awaitRest(this);
        running.start();
      }
    }

    /** What is left of a rest in milliseconds, rounded up: 0 would be to wait for ever. */
    long restMillis() {
      long left = restsUntil - System.nanoTime();
      return left > 0 ? left / 1_000_000 + 1 : 0;
    }

    /** All that came while it rested would take the machine for as long at one go. */
    int mostClips() {
      return hasToRest ? 1 : maxBatch;
    }
  }

  /** What a worker does in one go. */
  private interface Work {
    void run(BatchProcessor processor);

    void fail(Worker by, ClipException fault);
  }

  private final class Clips implements Work {
    private final List<ClipJob> batch;

    Clips(List<ClipJob> batch) {
      this.batch = batch;
    }

    @Override
    public void run(BatchProcessor processor) {
      batch.forEach(ClipJob::start);
      processor.process(batch);
    }

    @Override
    public void fail(Worker by, ClipException fault) {
      retry(by, batch, fault);
    }
  }

  private record Ahead(Map<FrameKey, byte[]> images) implements Work {
    @Override
    public void run(BatchProcessor processor) {
      processor.encodeAhead(images);
    }

    // Their clips bring these frames again, and fail with what is wrong with them.
    @Override
    public void fail(Worker by, ClipException fault) {}
  }

  /** Names of errors say more than their messages, such as OutOfMemoryError: Java heap space. */
  private static String reason(Throwable e) {
    return e instanceof Error || e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** What to do next, or null when there is nothing to do any more. */
  private synchronized @Nullable Work next(Worker asking, BatchProcessor processor) {
    try {
      while (!asking.abandoned && !resting) {
        queue.removeIf(job -> job.outcome().isDone());
        ClipJob oldest = queue.peekFirst();
        if (oldest == null && closed) {
          return null;
        }
        long rest = asking.restMillis();
        if (rest > 0) {
          wait(rest);
          continue;
        }
        long wait = oldest == null ? 0 : nanosToWait(oldest);
        if (oldest != null && wait <= 0) {
          return new Clips(take(oldest, asking.mostClips()));
        }
        Map<FrameKey, byte[]> ahead = frames.take(processor.mostFrames());
        if (!ahead.isEmpty()) {
          return new Ahead(ahead);
        }
        // rounded up: 0 would wait for ever
        wait(oldest == null ? 0 : wait / 1_000_000 + 1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** The end cuts it short. */
  private synchronized void awaitRest(Worker worker) {
    try {
      long rest = worker.restMillis();
      while (rest > 0 && !closed && !resting && !worker.abandoned) {
        wait(rest);
        rest = worker.restMillis();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long nanosToWait(ClipJob oldest) {
    long company = queue.stream().filter(oldest::fits).count();
    if (oldest.isAlone() || company >= maxBatch) {
      return 0;
    }
    return lingerNanos - (System.nanoTime() - oldest.submittedNanos());
  }

  private List<ClipJob> take(ClipJob oldest, int most) {
    List<ClipJob> batch = new ArrayList<>();
    for (Iterator<ClipJob> jobs = queue.iterator(); jobs.hasNext() && batch.size() < most; ) {
      ClipJob job = jobs.next();
      if (job == oldest || oldest.fits(job)) {
        batch.add(job);
        jobs.remove();
      }
    }
    return batch;
  }

  /** Called when a worker has taken too long. */
  private void abandon(Worker stuck, Work work) {
    work.fail(
        stuck,
        new ClipException(
            ClipException.Reason.TIMEOUT,
            "the model took longer than %s s".formatted(timeout.toMillis() / 1e3)));
    synchronized (this) {
      if (!closed && workers.remove(stuck)) {
        stuck.abandoned = true;
        ABANDONED.add(stuck.thread);
        hire();
      }
    }
  }

  /** Fails a clip that was alone at fault; those of a larger batch are queued again, one by one. */
  private void retry(Worker from, List<ClipJob> batch, ClipException fault) {
    if (from.abandoned) {
      return;
    }
    if (batch.size() == 1) {
      batch.get(0).outcome().completeExceptionally(fault);
      return;
    }
    synchronized (this) {
      for (int i = batch.size() - 1; i >= 0; i--) {
        ClipJob job = batch.get(i);
        if (closed) {
          job.outcome().cancel(false);
        } else if (!job.isAlone()) {
          job.setAlone();
          queue.addFirst(job);
        }
      }
      notifyAll();
    }
  }
}
