package dev.flamingostreams.audit;

import dev.flamingostreams.clips.ClipRules;
import dev.flamingostreams.clips.ClipRules.Align;
import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Which clips of a stream are sure when its first frames are gone. The clock that they left behind
 * is ahead of the first frame that is kept by no more than grace and gap, as that frame would have
 * begun a run otherwise. So past that, and a gap more, a gap that is seen is a gap that was; and
 * aligned to the epoch a window that starts past it is cut as it was. A run that goes back to times
 * that were seen may be a repetition of frames that are gone, and is sure again beyond them.
 */
final class Certainty {
  private final boolean whole;
  private final boolean epoch;
  private final long disorder;
  private final long gap;
  private boolean any;
  private long run;
  private long first;
  private long newest = Long.MIN_VALUE;
  private long seenBefore = Long.MIN_VALUE;
  private boolean sessionIsSure;
  private long sureFrom = Long.MAX_VALUE;
  private boolean unsureAgain;
  private boolean goesBack;

  /**
   * @param whole whether no frame is gone: all is sure
   */
  Certainty(ClipRules rules, boolean whole) {
    this.whole = whole;
    epoch = rules.align() == Align.EPOCH;
    gap = micros(rules.sessionGap());
    disorder = micros(rules.grace()) + gap;
  }

  boolean isWhole() {
    return whole;
  }

  void taken(long ofRun, long micros) {
    if (!any) {
      any = true;
      first = micros;
      run = ofRun;
    } else if (run != ofRun) {
      run = ofRun;
      seenBefore = newest;
    }
    newest = Math.max(newest, micros);
  }

  /** The clock moves as it does with a frame. */
  void idleUntil(long micros) {
    newest = Math.max(newest, micros);
  }

  /**
   * Whether a record goes far back: it is not sure then whether it begins a run, and closes the
   * windows before, or repeats frames that are gone.
   */
  void arrives(FrameBatch batch) {
    long oldest = Long.MAX_VALUE;
    long latest = newest;
    for (Frame frame : batch.frames()) {
      oldest = Math.min(oldest, frame.captureMicros());
      latest = Math.max(latest, frame.captureMicros());
    }
    goesBack = any && oldest < latest - disorder;
    if (goesBack) {
      unsureAgain = true;
      sessionIsSure = false;
      seenBefore = latest;
    }
  }

  void begun(long anchor) {
    sessionIsSure = anchor > bound() + gap;
  }

  boolean isSure(Clip clip) {
    boolean sure = whole || (!goesBack && (epoch ? clip.startMicros() > bound() : sessionIsSure));
    if (sure) {
      sureFrom = Math.min(sureFrom, clip.startMicros());
    } else {
      unsureAgain |= sureFrom != Long.MAX_VALUE;
    }
    return sure;
  }

  /** Whether a clip that starts then, and was not cut, cannot have been. */
  boolean isSureWithout(long startMicros) {
    return whole || (startMicros >= sureFrom && !unsureAgain);
  }

  private long bound() {
    return Math.max(first + disorder, seenBefore);
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
