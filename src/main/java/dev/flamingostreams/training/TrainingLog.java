package dev.flamingostreams.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The curve of a run while it is trained: a line of JSON for each point, and for each time that the
 * run began or went on. A line is on the disk before a checkpoint that follows it.
 */
final class TrainingLog {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final List<CurvePoint> points = new ArrayList<>();
  private final List<Start> starts = new ArrayList<>();

  TrainingLog(Path file) {
    this.file = file;
  }

  /**
   * The run began or went on.
   *
   * @param started ISO 8601
   */
  record Start(String stage, int step, String started) {
    /** One that is followed by another left nothing behind. */
    @JsonIgnore
    boolean isBeginning() {
      return step == 0 && stage.equals(Recipe.STAGES.get(0));
    }
  }

  /** Reads what is there and cuts what came after the checkpoint, for it is done again. */
  static TrainingLog resumed(Path file, Standing standing) throws IOException {
    TrainingLog log = new TrainingLog(file);
    log.read(standing);
    log.rewrite();
    return log;
  }

  private void read(Standing standing) throws IOException {
    List<String> lines = Files.exists(file) ? lines(Files.readAllBytes(file)) : List.of();
    for (int i = 0; i < lines.size(); i++) {
      try {
        read(JSON.readTree(lines.get(i)), standing);
      } catch (JsonProcessingException e) {
        if (i < lines.size() - 1) { // the last one may have been cut off
          throw new TrainingException(
              "%s: line %d is not what was written; delete that line".formatted(file, i + 1), e);
        }
      }
    }
  }

  private static List<String> lines(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  private void read(JsonNode line, Standing standing) throws JsonProcessingException {
    if (line.has("started")) {
      starts.add(JSON.treeToValue(line, Start.class));
      return;
    }
    CurvePoint point = JSON.treeToValue(line, CurvePoint.class);
    int stage = Recipe.STAGES.indexOf(point.stage());
    int last = Recipe.STAGES.indexOf(standing.stage());
    if (stage < last || (stage == last && point.step() <= standing.step())) {
      points.add(point);
    }
  }

  private void rewrite() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Start start : starts) {
      text.append(line(start));
    }
    for (CurvePoint point : points) {
      text.append(line(point));
    }
    WholeFile.write(file, text.toString());
  }

  void started(Standing standing, Instant now) throws IOException {
    Start start = new Start(standing.stage(), standing.step(), now.toString());
    starts.add(start);
    append(line(start));
  }

  void add(CurvePoint point) throws IOException {
    points.add(point);
    append(line(point));
  }

  private static String line(Object content) throws JsonProcessingException {
    return JSON.writeValueAsString(content) + "\n";
  }

  private void append(String line) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    }
  }

  List<CurvePoint> points(String stage) {
    return points.stream().filter(point -> point.stage().equals(stage)).toList();
  }

  List<Start> starts() {
    return List.copyOf(starts);
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
