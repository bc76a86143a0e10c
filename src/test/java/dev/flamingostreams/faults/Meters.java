package dev.flamingostreams.faults;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What the Kafka clients of this process have counted, as JMX shows it. */
final class Meters {
  private Meters() {}

  static double sum(String beans, String attribute) {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    try {
      double sum = 0;
      for (ObjectName bean : server.queryNames(new ObjectName(beans), null)) {
        sum += ((Number) server.getAttribute(bean, attribute)).doubleValue();
      }
      return sum;
    } catch (JMException e) {
      throw new IllegalStateException("no %s of %s".formatted(attribute, beans), e);
    }
  }
}
