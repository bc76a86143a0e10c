package dev.flamingostreams.captions;

import dev.flamingostreams.engine.ClipException;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.StoredFrames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Hands pending clips to the engine, each only after its attempt has been committed: a clip that
 * ends the process would otherwise come back as if it had never been tried. Rounds of the stream
 * thread are process, punctuate, commit; so what was armed in one round may fly in the next.
 *
 * <p>A clip that was in flight when a process ended is a suspect. So is one whose task has moved: a
 * task that is taken away can no longer write that it took its clips back.
 */
final class Launcher {
  static final int MOST_DEATHS = 2;

  private final Describer describer;
  private final CaptionLimits limits;
  private final PendingClips clips;
  private final StoredFrames frames;
  private final Lag lag;
  private final LastDescriptions last;
  private final Bell bell;
  private final long process;
  private final Departures departures;
  private final Deque<Entry> armed = new ArrayDeque<>();
  private final List<Entry> flying = new ArrayList<>();
  private long flyingBytes;
  private long round;

  /**
   * @param suspectsTurn one permit, shared by all tasks of the topology
   * @param process an identity of this process
   */
  Launcher(
      Describer describer,
      CaptionLimits limits,
      PendingClips clips,
      StoredFrames frames,
      Semaphore suspectsTurn,
      Lag lag,
      LastDescriptions last,
      Bell bell,
      long process) {
    this.describer = describer;
    this.limits = limits;
    this.clips = clips;
    this.frames = frames;
    this.lag = lag;
    this.last = last;
    this.bell = bell;
    this.process = process;
    departures = new Departures(clips, suspectsTurn, limits.maxInFlight(), last.areKept());
    clips.entries().stream()
        .filter(entry -> !entry.isSettled() && !entry.isAnswered())
        .forEach(this::takeUpAgain);
  }

  void queue(Entry entry) {
    departures.add(entry);
  }

  boolean isFlying() {
    return !flying.isEmpty();
  }

  /** Lands what is answered, launches what was armed in an earlier round. */
  void advance(long nowMillis) {
    land(nowMillis);
    while (!armed.isEmpty() && armed.getFirst().armedInRound < round && hasRoomInMemory()) {
      launch(armed.removeFirst(), nowMillis);
    }
  }

  /** Arms what fits. Returns whether there is any: then a commit must follow in this round. */
  boolean arm() {
    boolean any = false;
    for (Entry entry = next(); entry != null; entry = next()) {
      decide(entry);
      if (!entry.isRefused()) {
        entry.pending = entry.pending.attempted(process);
        entry.armedInRound = round;
        armed.add(entry);
        any = true;
      }
      clips.save(entry);
    }
    return any;
  }

  /** Clips that a process which ended now would be thought to have ended with. */
  int aloft() {
    return armed.size() + flying.size();
  }

  /** Takes back what has not begun to fly, or everything; it is pending still. */
  void withdraw(boolean everything) {
    while (!armed.isEmpty()) {
      withdraw(armed.removeLast());
    }
    if (everything) {
      flying.forEach(Launcher::cancel);
      flying.forEach(this::withdraw);
      flying.clear();
    }
  }

  private void withdraw(Entry entry) {
    departures.landed(entry);
    entry.answer = null;
    entry.pending = entry.pending.withdrawn();
    clips.save(entry);
  }

  /** The last call of a round; a commit follows if one was asked for. */
  void endRound() {
    round++;
  }

  void abandon() {
    flying.forEach(Launcher::cancel);
    flying.clear();
    departures.passTurn();
  }

  private void takeUpAgain(Entry entry) {
    int deaths = entry.pending.deaths(process);
    if (deaths >= MOST_DEATHS) {
      entry.fail(
          new ClipException(
              ClipException.Reason.CRASH,
              "%d processes ended, or lost the task, with this clip in flight".formatted(deaths)));
    } else if (deaths > 0) {
      departures.addSuspect(entry);
    } else {
      departures.add(entry);
    }
  }

  private void land(long nowMillis) {
    for (Entry entry : List.copyOf(flying)) {
      if (!entry.isAnswered()
          && nowMillis - entry.flyingSinceMillis > limits.giveUpAfter().toMillis()) {
        giveUp(entry);
      }
      if (entry.isAnswered()) {
        flying.remove(entry);
        flyingBytes -= entry.bytes;
        departures.landed(entry);
      }
    }
  }

  // The reason goes to the engine too: to be given up is a failure of the model's.
  private void giveUp(Entry entry) {
    if (entry.answer != null) {
      entry.answer.completeExceptionally(
          new ClipException(
              ClipException.Reason.TIMEOUT,
              "the engine gave no answer in " + limits.giveUpAfter()));
    }
  }

  private boolean hasRoomInMemory() {
    return flying.isEmpty() || flyingBytes < limits.maxInFlightBytes();
  }

  private @Nullable Entry next() {
    return departures.next(armed.size() + flying.size());
  }

  /** Once for each clip: a restart finds the decision in the store. */
  private void decide(Entry entry) {
    if (entry.pending.isDecided() || !lag.isLagging()) {
      return;
    }
    if (limits.lagging().leavesOut(entry.clip())) {
      clips.refuse(entry, Refusal.LAGGING);
    } else {
      entry.pending = entry.pending.thin(limits.lagging().thinning(entry.clip()));
    }
  }

  private void launch(Entry entry, long nowMillis) {
    try {
      ClipInput input = load(entry.clip(), entry.pending.shown());
      entry.bytes = input.images().stream().mapToLong(image -> image.length).sum();
      entry.answer =
          last.areKept()
              ? describer.describe(input, last.comparison(entry.clip()))
              : describer.describe(input);
    } catch (ClipException | RuntimeException e) {
      entry.fail(e);
    }
    entry.flyingSinceMillis = nowMillis;
    flyingBytes += entry.bytes;
    flying.add(entry);
    if (entry.answer != null) {
      CompletableFuture<?> unused =
          entry.answer.whenComplete((description, failure) -> bell.ring());
    }
  }

  private ClipInput load(Clip clip, List<Long> times) throws ClipException {
    List<byte[]> images = new ArrayList<>();
    for (long time : times) {
      byte[] image = frames.get(clip.stream(), clip.run(), time);
      if (image == null) {
        throw new ClipException(
            ClipException.Reason.LOST,
            "the frame at %d µs is no longer in the store".formatted(time));
      }
      images.add(image);
    }
    return new ClipInput(images, times.stream().mapToLong(Long::longValue).toArray());
  }

  private static void cancel(Entry entry) {
    if (entry.answer != null) {
      entry.answer.cancel(true);
    }
  }
}
