package dev.flamingostreams.captions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.schema.Clip;
import dev.flamingostreams.schema.StoredFrames;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** One task's pending clips, oldest first per stream, in memory and in their store. */
final class PendingClips {
  private final KeyValueStore<Bytes, byte[]> store;
  private final StoredFrames frames;
  private final Map<String, Deque<Entry>> streams = new LinkedHashMap<>();
  private int unsettled;
  private int refused;

  PendingClips(KeyValueStore<Bytes, byte[]> store, StoredFrames frames) {
    this.store = store;
    this.frames = frames;
    restore();
  }

  /** Clips without a caption or a dead letter yet. */
  int unsettled() {
    return unsettled;
  }

  /** Clips that the engine is still to describe, or that wait for their turn to leave. */
  int waiting() {
    return unsettled - refused;
  }

  /** The oldest clip of each stream that has no caption or dead letter yet. */
  List<PendingClip> oldest() {
    return streams.values().stream()
        .flatMap(queue -> queue.stream().filter(entry -> !entry.isSettled()).limit(1))
        .map(entry -> entry.pending)
        .toList();
  }

  /** Whether all clips before it, refused ones apart, have left. */
  boolean isNext(Entry entry) {
    return of(entry.clip().stream()).stream()
        .filter(other -> !other.isSettled() && !other.isRefused())
        .findFirst()
        .filter(first -> first == entry)
        .isPresent();
  }

  /** The streams that have any clip here. */
  List<String> streams() {
    return List.copyOf(streams.keySet());
  }

  Collection<Entry> of(String stream) {
    return streams.getOrDefault(stream, new ArrayDeque<>());
  }

  /** Takes a clip, the youngest of its stream; it is not in the store until {@link #save}. */
  Entry add(Clip clip, long nowMillis) {
    Deque<Entry> queue = streams.computeIfAbsent(clip.stream(), name -> new ArrayDeque<>());
    long number = queue.isEmpty() ? 0 : queue.getLast().number + 1;
    Entry entry = new Entry(number, PendingClip.of(clip, nowMillis));
    entry.unsaved = true;
    queue.add(entry);
    unsettled++;
    return entry;
  }

  void save(Entry entry) {
    entry.unsaved = false;
    store.put(key(entry.clip().stream(), entry.number), entry.pending.write());
  }

  /** Saves what has changed of a stream. */
  void saveNew(String stream) {
    of(stream).stream().filter(entry -> entry.unsaved).forEach(this::save);
  }

  /** It is not to be described; its dead letter leaves in its turn. */
  void refuse(Entry entry, Refusal why) {
    entry.pending = entry.pending.refuse(why);
    entry.unsaved = true;
    entry.fail(why.exception());
    refused++;
  }

  /** Its caption or dead letter is out. It stays while windows may need its frames. */
  void settle(Entry entry) {
    entry.pending = entry.pending.settle();
    entry.unsaved = true;
    unsettled--;
    refused -= entry.isRefused() ? 1 : 0;
  }

  /** Forgets the settled clips at the head of a stream, and their frames, if no window is left. */
  void release(String stream) {
    Deque<Entry> queue = streams.get(stream);
    while (queue != null && !queue.isEmpty() && queue.getFirst().isSettled()) {
      if (inOpenWindow(queue.getFirst().clip())) {
        saveNew(stream);
        return;
      }
      Entry entry = queue.removeFirst();
      deleteFrames(entry.clip(), queue);
      store.put(key(stream, entry.number), null); // delete() would read it first
      if (queue.isEmpty()) {
        streams.remove(stream);
      }
    }
  }

  private boolean inOpenWindow(Clip clip) {
    List<Long> times = clip.frameMicros();
    return !times.isEmpty()
        && frames.reachable(clip.stream(), clip.run(), times.get(times.size() - 1));
  }

  private void deleteFrames(Clip clip, Deque<Entry> others) {
    for (long time : clip.frameMicros()) {
      if (others.stream().noneMatch(other -> shows(other.clip(), clip.run(), time))) {
        frames.delete(clip.stream(), clip.run(), time);
      }
    }
  }

  private static boolean shows(Clip clip, long run, long time) {
    return clip.run() == run
        && clip.startMicros() <= time
        && time < clip.endMicros()
        && clip.frameMicros().contains(time);
  }

  private void restore() {
    Map<String, SortedMap<Long, Entry>> sorted = new HashMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        byte[] key = next.key.get();
        long number = ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
        Entry entry = new Entry(number, PendingClip.read(next.value));
        sorted.computeIfAbsent(entry.clip().stream(), name -> new TreeMap<>()).put(number, entry);
      }
    }
    sorted.forEach((stream, entries) -> streams.put(stream, new ArrayDeque<>(entries.values())));
    entries().stream().filter(entry -> !entry.isSettled()).forEach(this::count);
  }

  private void count(Entry entry) {
    unsettled++;
    Refusal refusal = entry.pending.refusal();
    if (refusal != null) {
      refused++;
      entry.fail(refusal.exception());
    }
  }

  /** All of them, oldest first within a stream. */
  List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    streams.values().forEach(all::addAll);
    return all;
  }

  private static Bytes key(String stream, long number) {
    byte[] name = stream.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(name.length + Integer.BYTES + Long.BYTES)
            .putInt(name.length)
            .put(name)
            .putLong(number)
            .array());
  }
}
