package dev.flamingostreams.dashboard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every few seconds whether a broker answers; whoever wants to know does not wait for it. The
 * log has a line when that changes.
 */
public final class BrokerCheck implements Health.Check, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerCheck.class);
  private static final int EVERY_SECONDS = 5;
  private static final int PATIENCE_SECONDS = 5;

  private final String servers;
  private final Map<String, Object> settings;
  private @Nullable Admin admin; // of the clock's thread
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "flamingo-broker-check");
            thread.setDaemon(true);
            return thread;
          });
  private boolean asked; // of the clock's thread
  private volatile Optional<String> fault = Optional.of("not asked yet");

  private BrokerCheck(String servers, Map<String, Object> settings) {
    this.servers = servers;
    this.settings = settings;
  }

  /**
   * Begins to ask.
   *
   * @param kafka any client settings; {@code bootstrap.servers} must be among them
   */
  public static BrokerCheck start(Map<String, ?> kafka) {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.keySet().retainAll(AdminClientConfig.configNames());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
    String servers = String.valueOf(kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
    BrokerCheck check = new BrokerCheck(servers, settings);
    ScheduledFuture<?> unused =
        check.clock.scheduleWithFixedDelay(check::ask, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    return check;
  }

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public Optional<String> fault() {
    return fault;
  }

  @Override
  public void close() {
    clock.execute(this::disconnect);
    clock.shutdown();
  }

  private void ask() {
    try {
      if (admin == null) {
        admin = Admin.create(settings);
      }
      admin.describeCluster().nodes().get(PATIENCE_SECONDS + 1, TimeUnit.SECONDS);
      found(Optional.empty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      found(Optional.of("no broker answers at bootstrap.servers " + servers));
    } catch (KafkaException e) { // such as a name that means no address
      found(Optional.of("cannot connect to bootstrap.servers " + servers));
    }
  }

  private void found(Optional<String> now) {
    if (asked && fault.isPresent() != now.isPresent()) {
      LOG.warn(now.orElse("a broker answers again at bootstrap.servers " + servers));
    }
    asked = true;
    fault = now;
  }

  private void disconnect() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}
