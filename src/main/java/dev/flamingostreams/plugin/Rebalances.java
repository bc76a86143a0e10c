package dev.flamingostreams.plugin;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How often the consumers of an application in this JVM have rebalanced, as Kafka tells JMX. */
final class Rebalances {
  private static final String CONSUMERS = "kafka.consumer:type=consumer-coordinator-metrics,*";
  private static final String TOTAL = "rebalance-total";

  private Rebalances() {}

  /**
   * Since they were made; 0 where the application has JMX switched off.
   *
   * @param client what the names of its clients begin with
   */
  static long total(String client) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    double sum = 0;
    try {
      for (ObjectName name : server.queryNames(new ObjectName(CONSUMERS), null)) {
        String id = name.getKeyProperty("client-id");
        if (id != null && id.replaceFirst("^\"", "").startsWith(client)) {
          sum += server.getAttribute(name, TOTAL) instanceof Double total ? total : 0;
        }
      }
    } catch (JMException e) {
      return 0; // a consumer has gone meanwhile
    }
    return (long) sum;
  }
}
