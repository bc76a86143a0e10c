package dev.flamingostreams.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.config.ConfigResource;

/** Lets a broker clean its compacted topics within seconds. */
final class SmallSegments {
  private static final Map<String, String> SMALL =
      Map.of(
          "segment.bytes", Integer.toString(1 << 20),
          "segment.ms", "10000",
          "min.cleanable.dirty.ratio", "0.1",
          "delete.retention.ms", "1000",
          "file.delete.delay.ms", "1000");

  private SmallSegments() {}

  /** Sets that of the changelogs and the coordinators' topics there are. */
  static void set(String servers) {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    List<AlterConfigOp> small = new ArrayList<>();
    SMALL.forEach(
        (key, value) ->
            small.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      for (String topic :
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get()) {
        if (topic.endsWith("-changelog") || topic.startsWith("__")) {
          changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic), small);
        }
      }
      admin.incrementalAlterConfigs(changes).all().get();
    } catch (ExecutionException e) {
      throw new AssertionError("segments cannot be made small", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
