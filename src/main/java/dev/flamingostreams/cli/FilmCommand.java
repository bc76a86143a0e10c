package dev.flamingostreams.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders cameras to try topologies with. */
@Command(
    name = "film",
    description =
        "Renders videos of the world that the default model knows, and a file of cameras that show"
            + " them again and again, for ingest --cameras.")
final class FilmCommand implements Callable<Integer> {
  private static final String CAMERAS = "cameras.yaml";

  /** As topology scenes has them. */
  private static final double CLIP_SECONDS = 4;

  /** Frames a second: a clip of that length wants 8, and dropped ones are to do no harm. */
  private static final int RATE = 5;

  @Parameters(paramLabel = "DIRECTORY", description = "Where to; made if it is not there.")
  private Path directory;

  @Option(names = "--cameras", defaultValue = "3", description = "How many, 1 to 64 (3).")
  private int cameras;

  @Option(names = "--seconds", defaultValue = "48", description = "Of each, 4 to 3600 (48).")
  private int seconds;

  @Option(names = "--seed", defaultValue = "1", description = "What is rendered follows it (1).")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (cameras < 1 || cameras > 64 || seconds < 4 || seconds > 3_600) {
      throw new CommandException(
          ExitCode.USAGE, "--cameras must be 1 to 64, --seconds 4 to 3600; see --help");
    }
    int clips = (int) Math.round(seconds / CLIP_SECONDS);
    Path films = Files.createDirectories(directory).toAbsolutePath();
    Path list = films.resolve(CAMERAS);
    Files.writeString(
        list, list(new DemoVideos(cameras, clips, CLIP_SECONDS, seed).film(films))); // when all are
    spec.commandLine().getOut().println(list);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private static String list(Map<String, String> films) {
    StringBuilder list =
        new StringBuilder("defaults:\n  live: true\n  rate: %d\n\ncameras:\n".formatted(RATE));
    films.forEach((id, file) -> list.append("  - id: %s\n    source: %s\n".formatted(id, file)));
    return list.toString();
  }
}
