package dev.flamingostreams.plugin;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Text to YAML nodes, which know their lines. Nodes are never expanded, so aliases cost nothing.
 */
final class YamlFile {
  private static final String FILE_NAME = "topology.yaml";
  private static final int MAX_BYTES = 256 << 10;
  private static final int MAX_DEPTH = 16;
  private static final Pattern STAR = Pattern.compile("[:,\\[-]\\s*\\*");

  private YamlFile() {}

  static Path locate(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(FILE_NAME) : path;
    if (!Files.isRegularFile(file)) {
      throw new TopologyException(
          List.of(
              "%s: no such file; give a topology file or a directory with %s"
                  .formatted(file, FILE_NAME)));
    }
    return file;
  }

  static @Nullable Node compose(Path file, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setNestingDepthLimit(MAX_DEPTH);
    String text = text(file, problems);
    try {
      Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (node == null && !problems.any()) {
        problems.at(1, "", "is empty; begin with 'name: ...'");
      }
      return node;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      int line = mark == null ? 0 : mark.getLine();
      problems.at(line + 1, "", "is not YAML: " + explain(e, text.lines().skip(line).findFirst()));
    } catch (YAMLException e) {
      problems.at(1, "", "is not YAML: " + firstLine(e.getMessage()));
    }
    return null;
  }

  private static String explain(MarkedYAMLException e, Optional<String> line) {
    if (line.filter(STAR.asPredicate()).isPresent()) {
      return "a value that begins with * must be in quotes";
    }
    return line.filter(YamlFile::hasQuestionInBrackets).isPresent()
        ? "a text with ? in brackets must be in quotes"
        : firstLine(e.getProblem());
  }

  private static boolean hasQuestionInBrackets(String line) {
    int question = line.lastIndexOf('?');
    int bracket = line.indexOf('[');
    int brace = line.indexOf('{');
    return (bracket >= 0 && bracket < question) || (brace >= 0 && brace < question);
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  private static String text(Path file, Problems problems) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        problems.at(1, "", "is larger than %d KB".formatted(MAX_BYTES >> 10));
        return "";
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
          .toString();
    } catch (CharacterCodingException e) {
      problems.at(1, "", "is not UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      problems.at(1, "", "cannot be read: " + e.getMessage());
    }
    return "";
  }
}
