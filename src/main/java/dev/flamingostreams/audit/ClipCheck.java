package dev.flamingostreams.audit;

import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.Caption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Every clip that is due against the captions and dead letters that are there. */
final class ClipCheck {

  /** What was found of a clip. */
  private static final class Outcome {
    final String id;
    final int frames;
    final Place first;
    int found;

    Outcome(String id, List<Long> frames, Place first) {
      this.id = id;
      this.frames = frames.hashCode();
      this.first = first;
    }

    Outcome again() {
      found++;
      return this;
    }

    boolean isAlso(String otherId, List<Long> otherFrames) {
      return id.equals(otherId) && frames == otherFrames.hashCode();
    }
  }

  /** The captions of one stream so far. */
  private static final class Sequence {
    final int partition;
    final long first;
    long last;

    Sequence(int partition, long first) {
      this.partition = partition;
      this.first = first;
      last = first;
    }
  }

  private final TopologyFile file;
  private final Expected expected;
  private final Predicate<Place> isNew;
  private final Kept captions;
  private final Kept letters;
  private final Findings findings;
  private final Count count;
  private final String rules;
  private final Map<DueClip, Outcome> outcomes = new HashMap<>();
  private final Map<CutStream, Sequence> sequences = new HashMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final KnownRuns runs = new KnownRuns();
  private long captioned;
  private long disordered;
  private long otherRules;
  private long otherStreams;
  private long flushed;
  private long omitted;
  private final Map<CutStream, Boolean> diverged = new HashMap<>();

  /**
   * @param isNew see {@link Topics#isNew}
   */
  ClipCheck(
      TopologyFile file,
      Expected expected,
      Predicate<Place> isNew,
      Kept captions,
      Kept letters,
      Findings findings) {
    this.file = file;
    this.expected = expected;
    this.isNew = isNew;
    this.captions = captions;
    this.letters = letters;
    this.findings = findings;
    count = new Count("clips", findings);
    rules = file.clips().hash();
  }

  /** Whether it belongs to a clip that these rules of this topology can cut. */
  boolean caption(ConsumerRecord<?, ?> record, Caption caption) {
    if (!isOurs(caption.stream(), caption.clip())) {
      return false;
    }
    DueClip clip = expected.clip(caption.clip());
    if (clip == null) {
      unmatched(caption.stream(), caption.clip(), caption.frameMicros(), Place.of(record), true);
    } else if (found(clip, caption.clip(), caption.frameMicros(), Place.of(record))) {
      captioned++;
      if (isSurely(clip, caption.frameMicros())) {
        order(clip, record);
      }
    }
    return true;
  }

  void letter(
      ConsumerRecord<?, ?> record, String stream, String id, String reason, List<Long> frames) {
    if (!isOurs(stream, id)) {
      return;
    }
    DueClip clip = expected.clip(id);
    if (clip == null) {
      unmatched(stream, id, frames, Place.of(record), false);
    } else if (found(clip, id, frames, Place.of(record))) {
      reasons.merge(reason, 1L, Long::sum);
    }
  }

  /**
   * Looks for what is missing, once all is read.
   *
   * @param isUnread whether the record that closed a clip is not read, and may be waited for
   */
  Tally tally(Predicate<Place> isUnread) {
    for (DueClip clip : expected.clips()) {
      Outcome outcome = outcomes.get(clip);
      int found = outcome == null ? 0 : Math.min(outcome.found, clip.times);
      int absent = clip.certain ? clip.times - found : 0;
      count.due(found + absent);
      count.found(found);
      if (absent > 0) {
        absent(clip, absent, isUnread);
      }
    }
    return count.tally();
  }

  long captioned() {
    return captioned;
  }

  Map<String, Long> reasons() {
    return reasons;
  }

  long disordered() {
    return disordered;
  }

  long otherRules() {
    return otherRules;
  }

  long otherStreams() {
    return otherStreams;
  }

  /** Clips without a record that may look as the last described one did. */
  long omitted() {
    return omitted;
  }

  long flushed() {
    return flushed;
  }

  private boolean isOurs(String stream, String id) {
    Optional<ClipId> parts = ClipId.parse(id);
    if (!file.input().streams().test(stream)) {
      otherStreams++;
      return false;
    }
    if (parts.isPresent() && !parts.get().rules().equals(rules)) {
      otherRules++;
      return false;
    }
    return true;
  }

  /** Whether it is one that is due, not one too many. */
  private boolean found(DueClip clip, String id, List<Long> frames, Place at) {
    boolean sure = isSurely(clip, frames);
    Outcome outcome = outcomes.computeIfAbsent(clip, c -> new Outcome(id, frames, at));
    boolean whole = clip.stream.certainty().isWhole();
    if (!whole && outcome.found >= clip.times && !outcome.isAlso(id, frames)) {
      count.unchecked(1); // one of both is of the same window of a run whose frames are gone
      if (sure) {
        outcomes.put(clip, new Outcome(id, frames, at).again());
        runs.found(clip);
      }
      return false;
    }
    if (sure) {
      runs.found(clip);
    }
    if (outcome.again().found > clip.times) {
      count.doubled("%s at %s, first at %s".formatted(id, at, outcome.first));
      return false;
    }
    return true;
  }

  /** Whether what is said of it cannot be of a clip with the same id whose frames are gone. */
  private static boolean isSurely(DueClip clip, List<Long> frames) {
    return clip.certain && (clip.stream.certainty().isWhole() || clip.frames == frames.hashCode());
  }

  private void order(DueClip clip, ConsumerRecord<?, ?> record) {
    Sequence sequence =
        sequences.computeIfAbsent(
            clip.stream, s -> new Sequence(record.partition(), clip.sequence));
    if (clip.sequence < sequence.last && clip.times == 1) {
      disordered++;
      findings.add("captions out of order", "%s at %s".formatted(clip.id, Place.of(record)));
    }
    sequence.last = Math.max(sequence.last, clip.sequence);
  }

  private void unmatched(String stream, String id, List<Long> frames, Place at, boolean isCaption) {
    if (isNew.test(at)) {
      return;
    }
    List<CutStream> cuts = expected.stream(stream);
    for (CutStream cut : cuts) {
      if (!frames.isEmpty() && cut.has(frames)) {
        flushed++;
        diverged.put(cut, true);
        return;
      }
    }
    long start = ClipId.parse(id).map(ClipId::start).orElse(Long.MAX_VALUE);
    boolean sure =
        cuts.isEmpty()
            ? expected.isWhole()
            : cuts.stream().allMatch(cut -> isSureWithout(cut, start, isCaption));
    if (sure) {
      count.unexpected("%s at %s".formatted(id, at));
    } else {
      count.unchecked(1);
    }
  }

  // A caption after one that is sure is not of frames that are gone.
  private boolean isSureWithout(CutStream cut, long start, boolean isCaption) {
    Certainty certainty = cut.certainty();
    return certainty.isWhole()
        || (isCaption && sequences.containsKey(cut) && certainty.isSureWithout(start));
  }

  /** The topology has left out a record of the stream for a reason that is not known here. */
  void hasDiverged(String stream) {
    expected.stream(stream).forEach(cut -> diverged.put(cut, true));
  }

  private void absent(DueClip clip, int times, Predicate<Place> isUnread) {
    if (isUnread.test(clip.closedBy)) {
      count.unread(times);
    } else if (mayBeGone(clip) || !runs.has(clip) || diverged.containsKey(clip.stream)) {
      count.unchecked(times);
    } else if (mayBeOmitted(clip)) {
      omitted += times;
      count.unchecked(times);
    } else {
      count.missing(times, clip);
    }
  }

  private boolean mayBeOmitted(DueClip clip) {
    Sequence sequence = sequences.get(clip.stream);
    return file.omitsUnchanged() && sequence != null && sequence.first < clip.sequence;
  }

  // The captions of a stream lie in one partition and in order.
  private boolean mayBeGone(DueClip clip) {
    @Nullable Sequence sequence = sequences.get(clip.stream);
    boolean captionMayBeGone =
        sequence == null
            ? !captions.isWhole()
            : !captions.isWhole(sequence.partition) && clip.sequence < sequence.first;
    return captionMayBeGone || !letters.has(clip.closedAtMillis);
  }
}
