package dev.flamingostreams.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.sun.net.httpserver.HttpExchange;
import dev.flamingostreams.dashboard.Health.Finding;
import dev.flamingostreams.dashboard.Health.Report;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /health/live} and {@code /health/ready}: 200 or 503 with the checks as JSON. Who has not
 * shown the token gets the status alone, which is all that an orchestrator looks at.
 */
final class HealthPage implements Page {
  private static final int SERVICE_UNAVAILABLE = 503;

  private final Health health;
  private final Guard guard;

  private record Answer(
      String status, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Finding> checks) {}

  HealthPage(Health health, Guard guard) {
    this.health = health;
    this.guard = guard;
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    Reply reply =
        switch (exchange.getRequestURI().getPath()) {
          case "/health/live" -> reply(health.live(), "live", guard.admits(exchange));
          case "/health/ready" -> reply(health.ready(), "ready", guard.admits(exchange));
          default -> Reply.text(404, "ask for /health/live or /health/ready");
        };
    reply.send(exchange);
  }

  private static Reply reply(Report report, String word, boolean inDetail) {
    String status = report.ok() ? word : "not " + word;
    return Reply.json(
        report.ok() ? 200 : SERVICE_UNAVAILABLE,
        Json.of(new Answer(status, inDetail ? report.checks() : null)));
  }
}
