package dev.flamingostreams.audit;

import dev.flamingostreams.clips.ClipRules.Align;
import dev.flamingostreams.clips.Fate;
import dev.flamingostreams.clips.FrameRecord;
import dev.flamingostreams.plugin.AnyTimestamp;
import dev.flamingostreams.plugin.SizeLimit;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.schema.MalformedRecordException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What must be on the topics that a topology writes, given its input. */
final class Expected {
  private final TopologyFile file;
  private final SizeLimit limit;
  private final Map<Integer, Long> beginnings;
  private final Map<Integer, Long> committed;
  private final Map<String, List<CutStream>> streams = new LinkedHashMap<>();
  private final Map<Integer, Map<String, CutStream>> byPartition = new HashMap<>();
  private final Map<String, DueClip> clips = new LinkedHashMap<>();
  private final Map<String, DueReject> rejects = new LinkedHashMap<>();
  private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
  private final List<Place> unread = new ArrayList<>();

  private Expected(TopologyFile file, Topics topics) {
    this.file = file;
    limit = SizeLimit.of(file.input());
    beginnings = topics.beginnings(file.input().topic());
    committed = topics.committed();
  }

  /** Cuts the whole input, which takes a while. */
  static Expected of(TopologyFile file, Topics topics) {
    Expected expected = new Expected(file, topics);
    topics.read(file.input().topic(), expected::accept);
    return expected;
  }

  /** Every clip, those too that are not certain. */
  Collection<DueClip> clips() {
    return clips.values();
  }

  Collection<DueReject> rejects() {
    return rejects.values();
  }

  @Nullable DueClip clip(String id) {
    DueClip clip = clips.get(id);
    return clip == null
        ? ClipId.parse(id).map(parts -> clips.get(parts.withoutRun())).orElse(null)
        : clip;
  }

  @Nullable DueReject reject(String origin, String captureMicros) {
    return rejects.get(DueReject.key(origin, captureMicros));
  }

  /** A stream as it was cut in each of its partitions, which is one. */
  List<CutStream> stream(String name) {
    return streams.getOrDefault(name, List.of());
  }

  int streams() {
    return streams.size();
  }

  /** By their label, and those that are open. */
  Map<String, Long> frames() {
    Map<String, Long> frames = new LinkedHashMap<>();
    for (Fate fate : Fate.values()) {
      frames.put(fate.label(), fates.getOrDefault(fate, 0L));
    }
    long open = streams.values().stream().flatMap(List::stream).mapToInt(CutStream::open).sum();
    frames.put("open", open);
    return frames;
  }

  /** Whether all of the input is kept. */
  boolean isWhole() {
    return beginnings.values().stream().allMatch(first -> first == 0);
  }

  /** Whether a record of the input is gone. */
  boolean isGone(int partition, long offset) {
    return offset < beginnings.getOrDefault(partition, 0L);
  }

  /** Records that a topology has not read which has committed this. */
  long behind(Map<Integer, Long> nowCommitted) {
    return unread.stream().filter(place -> isUnread(place, nowCommitted)).count();
  }

  static boolean isUnread(Place place, Map<Integer, Long> committed) {
    return place.offset() >= committed.getOrDefault(place.partition(), 0L);
  }

  void count(Fate fate) {
    fates.merge(fate, 1L, Long::sum);
  }

  /** A clip that is not certain does not make a certain one of the same id due again. */
  void due(DueClip clip) {
    DueClip known = clips.putIfAbsent(key(clip), clip);
    if (known != null && clip.certain) {
      if (known.certain) {
        known.again(clip.closedBy, clip.closedAtMillis);
      } else {
        clips.put(key(clip), clip);
      }
    }
  }

  void rejected(ConsumerRecord<?, ?> record, String captureMicros) {
    count(Fate.UNDECODABLE);
    reject(record, captureMicros);
  }

  private void reject(ConsumerRecord<?, ?> record, String captureMicros) {
    Place at = Place.of(record);
    rejects.computeIfAbsent(
            DueReject.key(at.toString(), captureMicros),
            key -> new DueReject(at, captureMicros, AnyTimestamp.of(record)))
        .times++;
  }

  // How many runs a stream had before its first frame that is kept is not known.
  private String key(DueClip clip) {
    boolean known = clip.stream.certainty().isWhole() || file.clips().align() == Align.EPOCH;
    Optional<ClipId> id = known ? Optional.empty() : ClipId.parse(clip.id);
    return id.map(ClipId::withoutRun).orElse(clip.id);
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    if (isUnread(Place.of(record), committed)) {
      unread.add(Place.of(record));
    }
    if (!file.input().streams().takes(record.key())) {
      return;
    }
    if (!limit.takes(record.key(), record.value(), record.headers())) {
      reject(record, "");
      return;
    }
    FrameRecord frames;
    try {
      frames = FrameRecord.read(record.key(), record.value(), AnyTimestamp.of(record));
    } catch (MalformedRecordException e) {
      rejected(record, "");
      return;
    }
    cut(record.partition(), frames.stream()).accept(frames, record);
  }

  private CutStream cut(int partition, String stream) {
    return byPartition
        .computeIfAbsent(partition, p -> new HashMap<>())
        .computeIfAbsent(
            stream,
            name -> {
              boolean whole = beginnings.getOrDefault(partition, 0L) == 0;
              CutStream cut = new CutStream(name, file.clips(), whole, this);
              streams.computeIfAbsent(name, n -> new ArrayList<>()).add(cut);
              return cut;
            });
  }
}
