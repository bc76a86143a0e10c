package dev.flamingostreams.clips;

import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** One task's streams and their windows, in their store. */
final class Streams {
  private final KeyValueStore<String, byte[]> store;
  private final Cut cut;
  private final ClipRules rules;

  Streams(KeyValueStore<String, byte[]> store, ClipRules rules) {
    this.store = store;
    this.rules = rules;
    cut = Cut.of(rules);
  }

  /** The stream's windows; those of other rules are closed first. */
  StreamWindows load(String stream, StreamWindows.Outcome outcome) {
    byte[] state = store.get(stream);
    if (state == null) {
      return new StreamWindows(stream, rules);
    }
    StreamWindows windows = StreamWindows.read(stream, state, rules.maxBuffered());
    if (windows.follows(cut)) {
      return windows;
    }
    windows.interrupt(false, outcome);
    return windows.under(cut);
  }

  void save(String stream, StreamWindows windows) {
    store.put(stream, windows.write());
  }

  interface Visitor {
    void visit(String stream, StreamWindows windows);
  }

  void forEach(Visitor visitor) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> next = all.next();
        visitor.visit(next.key, StreamWindows.read(next.key, next.value, rules.maxBuffered()));
      }
    }
  }
}
