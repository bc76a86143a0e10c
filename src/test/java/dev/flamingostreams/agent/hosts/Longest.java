package dev.flamingostreams.agent.hosts;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Remembers the longest line; a topology that is put together by hand. */
public final class Longest {
  private static final String STORE = "longest";

  private Longest() {}

  /** Settings file, input topic, output topic. */
  public static void main(String[] args) throws Exception {
    Topology topology =
        new Topology()
            .addSource("lines", new StringDeserializer(), new StringDeserializer(), args[1])
            .addProcessor("longest", Remember::new, "lines")
            .addStateStore(
                Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.String()),
                "longest")
            .addSink("out", args[2], new StringSerializer(), new StringSerializer(), "longest");
    Hosts.run(topology, args[0]);
  }

  private static final class Remember implements Processor<String, String, String, String> {
    private ProcessorContext<String, String> context;
    private KeyValueStore<String, String> store;

    @Override
    public void init(ProcessorContext<String, String> context) {
      this.context = context;
      store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, String> record) {
      String before = store.get(STORE);
      if (before == null || before.length() < record.value().length()) {
        store.put(STORE, record.value());
        context.forward(record.withKey(STORE));
      }
    }
  }
}
