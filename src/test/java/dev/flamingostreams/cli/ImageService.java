package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Capability;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * In a container of the project's image that can write nothing but its state, and execute nothing
 * that it writes; its accounts are its metrics.
 */
class ImageService implements Service {
  private static final String TOKEN = "token-of-a-test-0123456789";
  private static final int PORT = 8080;
  private static final int STOP_SECONDS = 10;

  private final HttpClient client = HttpClient.newHttpClient();
  private final GenericContainer<?> container;

  ImageService(String image, Network network, String topology, String bootstrapServers) {
    container =
        new GenericContainer<>(image)
            .withNetwork(network)
            .withEnv("FLAMINGO_HTTP_TOKEN", TOKEN)
            .withExposedPorts(PORT)
            .withCommand(
                "run",
                topology,
                "--bootstrap-server",
                bootstrapServers,
                "--http",
                "0.0.0.0:" + PORT,
                "--http-plain")
            .withCreateContainerCmdModifier(
                command ->
                    command
                        .getHostConfig()
                        .withReadonlyRootfs(true)
                        .withTmpFs(Map.of("/tmp", "rw,noexec,nosuid,size=64m"))
                        .withCapDrop(Capability.ALL))
            .waitingFor(Wait.forHealthcheck().withStartupTimeout(Duration.ofMinutes(5)));
    container.start();
  }

  /** What it has written, to both streams. */
  String log() {
    return container.getLogs();
  }

  String metrics() {
    try {
      URI uri = URI.create("http://%s:%d/metrics".formatted(container.getHost(), port()));
      HttpRequest request =
          HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + TOKEN).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(container.getLogs(), e);
    }
  }

  /** As an orchestrator does: asks, and kills if it takes too long, which the exit code tells. */
  long terminate() {
    var client = DockerClientFactory.instance().client();
    client.stopContainerCmd(container.getContainerId()).withTimeout(STOP_SECONDS).exec();
    return client
        .inspectContainerCmd(container.getContainerId())
        .exec()
        .getState()
        .getExitCodeLong();
  }

  /** Again, with the state that it left. */
  void startAgain() {
    DockerClientFactory.instance().client().startContainerCmd(container.getContainerId()).exec();
  }

  boolean isHealthy() {
    var state =
        DockerClientFactory.instance()
            .client()
            .inspectContainerCmd(container.getContainerId())
            .exec()
            .getState();
    return "healthy".equals(state.getHealth().getStatus());
  }

  @Override
  public long of(String unit, String outcome) {
    return sum("flamingo_%s_total{outcome=\"%s\"".formatted(unit, outcome));
  }

  @Override
  public long open(String unit) {
    return sum("flamingo_%s_open{".formatted(unit));
  }

  @Override
  public long in(String unit) {
    return sum("flamingo_%s_total{".formatted(unit)) + open(unit);
  }

  @Override
  public void close() {
    container.stop();
  }

  private int port() {
    return container.getMappedPort(PORT);
  }

  private long sum(String prefix) {
    return (long)
        metrics()
            .lines()
            .filter(line -> line.startsWith(prefix))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();
  }
}
