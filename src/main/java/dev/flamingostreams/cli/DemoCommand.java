package dev.flamingostreams.cli;

import dev.flamingostreams.dashboard.WebServer;
import dev.flamingostreams.frames.Camera;
import dev.flamingostreams.plugin.Cluster;
import dev.flamingostreams.plugin.Models;
import dev.flamingostreams.plugin.Runner;
import dev.flamingostreams.plugin.TopicPlan;
import dev.flamingostreams.plugin.TopologyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole stream on one machine, with nothing installed. */
@Command(
    name = "demo",
    description = {
      "Starts a Kafka broker in this process, plays several cameras into it at once, runs the"
          + " topology of topologies/scenes and prints each caption and alert as it is committed.",
      "The cameras show scenes that are rendered now, encoded as H.264 and decoded again."
    })
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--cameras", defaultValue = "4", description = "How many at once (4).")
  private int cameras;

  @Option(names = "--seconds", defaultValue = "12", description = "That each camera plays (12).")
  private int seconds;

  @Option(names = "--seed", defaultValue = "20260301", description = "Of the scenes (20260301).")
  private long seed;

  @Option(
      names = "--video",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Play these files instead of rendered scenes.")
  private List<String> videos = new ArrayList<>();

  @Option(
      names = "--keep",
      description = "Leave broker, topology and dashboard up until interrupted.")
  private boolean keep;

  @Mixin private HttpOptions http = new HttpOptions();

  @Mixin private EngineSettings engine = new EngineSettings();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    if (cameras < 1 || cameras > 64 || seconds < 1 || seconds > 3_600) {
      throw new CommandException(
          ExitCode.USAGE, "--cameras must be 1 to 64, --seconds 1 to 3600; see --help");
    }
    refuseWhatMeansNothing();
    TopologyFile file = TopologyFile.read(Home.topology("scenes"));
    try (Stop stop = new Stop()) {
      Path directory = Files.createTempDirectory("flamingo-demo");
      try {
        return run(file, directory, stop);
      } finally {
        Directories.delete(directory); // before an interrupt ends the process
      }
    }
  }

  private void refuseWhatMeansNothing() {
    Given given = new Given(spec);
    if (!keep) {
      given.refuseMixin("http", "is for --keep: without, nobody has time to look");
    }
    if (!videos.isEmpty()) {
      given.refuse(List.of("--cameras", "--seconds", "--seed"), "is for scenes, not for --video");
    }
  }

  private int run(TopologyFile file, Path directory, Stop stop)
      throws IOException, InterruptedException, ExecutionException {
    double clipSeconds = file.clips().length().toNanos() / 1e9;
    int clips = (int) Math.max(1, Math.round(seconds / clipSeconds));
    DemoVideos films = new DemoVideos(videos.isEmpty() ? cameras : 0, clips, clipSeconds, seed);
    CompletableFuture<Map<String, String>> filmed =
        CompletableFuture.supplyAsync(() -> films.film(directory));
    say("starting a Kafka broker, rendering and encoding the cameras' videos");
    try (EmbeddedBroker broker = EmbeddedBroker.in(directory.resolve("broker"));
        Models models = Home.models(engine.options())) {
      Map<String, Object> kafka =
          Map.of(
              "bootstrap.servers",
              broker.bootstrapServers(),
              "state.dir",
              directory.resolve("state").toString());
      createTopics(file, kafka);
      try (Watchpost post = Watchpost.open(server(), List.of(file), kafka);
          Runner runner = Runner.start(List.of(file), kafka, post.measured(models::describer))) {
        post.watch(runner, models);
        post.dashboard().ifPresent(address -> say("dashboard at " + address));
        CompletableFuture.anyOf(runner.started(), stop.asked()).get();
        List<Camera> playing = cameras(filmed.get());
        say("broker at %s, %d cameras".formatted(broker.bootstrapServers(), playing.size()));
        DemoShow show = new DemoShow(file, films, runner, spec.commandLine().getOut());
        boolean whole = show.play(playing, kafka, stop);
        if (keep) {
          keep(file, broker, runner, stop);
          show.accounts();
        }
        return whole ? ExitCode.OK : ExitCode.LOST;
      }
    }
  }

  /** Who does not keep the demo has no time to look. */
  private Optional<WebServer> server() throws IOException {
    return keep ? http.open() : Optional.empty();
  }

  private static void createTopics(TopologyFile file, Map<String, Object> kafka) {
    try (Cluster cluster = Cluster.connect(kafka)) {
      cluster.create(TopicPlan.of(file), Optional.of(2), Optional.of((short) 1));
    }
  }

  private List<Camera> cameras(Map<String, String> films) {
    List<Camera> playing = new ArrayList<>();
    films.forEach((name, source) -> playing.add(camera(name, source)));
    for (String video : videos) {
      playing.add(camera("video-" + (playing.size() + 1), video));
    }
    return playing;
  }

  private static Camera camera(String name, String source) {
    Camera plain = Camera.of(name, source);
    return new Camera(name, source, plain.sampling(), 0, true);
  }

  private void keep(TopologyFile file, EmbeddedBroker broker, Runner runner, Stop stop)
      throws InterruptedException, ExecutionException {
    say("");
    say("Broker and topology stay up until Ctrl-C. Another camera, from another terminal:");
    say("  flamingo ingest --bootstrap-server %s".formatted(broker.bootstrapServers()));
    say("    --topic %s --stream mine --source FILE".formatted(file.input().topic()));
    say("Captions are in topic %s.".formatted(file.outputs().captions()));
    CompletableFuture.anyOf(runner.finished(), stop.asked()).get();
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
