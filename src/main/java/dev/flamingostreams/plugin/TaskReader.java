package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.DecodingOptions;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.plugin.TaskPlan.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of a topology file that say what is asked of each clip. */
final class TaskReader {
  private static final int MOST_EXAMPLES = 64;
  private static final int ABSENT = Integer.MIN_VALUE;

  private final Path file;
  private final Section root;
  private final Kind kind;

  TaskReader(Path file, Section root) {
    this.file = file;
    this.root = root;
    this.kind = root.oneOf("task", Kind.CAPTIONING);
  }

  TaskPlan read() {
    List<String> questions = questions();
    return new TaskPlan(
        kind,
        root.read("prompt", kind.prompt(), this::prompt),
        questions,
        labels(),
        examples(questions.isEmpty() ? "" : questions.get(0)),
        decoding(root.section("decoding")));
  }

  private String prompt(String text) {
    if (count(text, TaskPlan.IMAGE) != 1) {
      throw new IllegalArgumentException(
          "'%s' must hold %s once, where the clip goes".formatted(text, TaskPlan.IMAGE));
    }
    String after = text.substring(text.indexOf(TaskPlan.IMAGE));
    int wanted = kind.asks() ? 1 : 0;
    if (count(text, TaskPlan.QUESTION) != wanted || count(after, TaskPlan.QUESTION) != wanted) {
      throw new IllegalArgumentException(
          kind.asks()
              ? "'%s' must hold %s once, after %s"
                  .formatted(text, TaskPlan.QUESTION, TaskPlan.IMAGE)
              : "'%s' holds %s, but task %s asks none"
                  .formatted(text, TaskPlan.QUESTION, Section.label(kind)));
    }
    return text;
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  private List<String> questions() {
    List<String> turns = list("turns", Kind.DIALOGUE, "list the questions in their order");
    if (turns.size() > Task.Dialogue.MOST_TURNS) {
      root.problem("turns", "has more than %d entries".formatted(Task.Dialogue.MOST_TURNS));
    }
    refuse("question", Kind.QUESTIONS);
    if (kind != Kind.QUESTIONS) {
      return turns;
    }
    root.required("question", "write what is asked of each clip");
    return List.of(root.read("question", "", TaskReader::asked));
  }

  private List<String> labels() {
    List<String> labels = list("labels", Kind.CLASSIFICATION, "list the texts to choose from");
    Set<String> known = new HashSet<>();
    for (String label : labels) {
      if (!label.isBlank() && !known.add(label.strip())) {
        root.problem("labels", "'%s' is there twice; remove one".formatted(label.strip()));
      }
    }
    return labels;
  }

  private List<String> list(String key, Kind of, String advice) {
    refuse(key, of);
    if (kind != of) {
      return List.of();
    }
    root.requiredList(key, advice);
    List<String> texts = root.has(key) ? root.texts(key, List.of()) : List.of();
    for (String text : texts) {
      try {
        if (text.isBlank()) {
          root.problem(key, "one is empty; give it words");
        }
        words(text);
      } catch (IllegalArgumentException e) {
        root.problem(key, String.valueOf(e.getMessage()));
      }
    }
    return texts;
  }

  /** A key of another task says what was meant. */
  private void refuse(String key, Kind of) {
    if (root.has(key) && kind != of) {
      root.problem(
          key,
          "is of task %s only; write 'task: %s' or remove it"
              .formatted(Section.label(of), Section.label(of)));
    }
  }

  private static String asked(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("is empty; write what is asked");
    }
    return words(text);
  }

  /** Media and ends of chunks are written where they belong. */
  private static String words(String text) {
    for (String mark : List.of(TaskPlan.IMAGE, TaskPlan.END)) {
      if (text.contains(mark)) {
        throw new IllegalArgumentException(
            "'%s' must not hold %s; it is written for you".formatted(text, mark));
      }
    }
    return text;
  }

  private List<TaskPlan.Example> examples(String question) {
    List<TaskPlan.Example> examples = new ArrayList<>();
    List<Section> sections = root.sections("examples");
    if (sections.size() > MOST_EXAMPLES) {
      root.problem("examples", "has more than %d entries".formatted(MOST_EXAMPLES));
      return List.of();
    }
    for (Section section : sections) {
      section.required("text", "write what the model should say");
      Path clip = section.optional("clip", this::media).orElse(null);
      Path image = section.optional("image", this::media).orElse(null);
      if (section.has("clip") && section.has("image")) {
        section.problem("image", "an example shows a clip or an image; remove one");
      }
      String asked = question;
      if (kind.asks()) {
        asked = section.read("question", question, TaskReader::asked);
      }
      examples.add(
          new TaskPlan.Example(
              section.where(clip == null ? "image" : "clip"),
              clip == null ? image : clip,
              clip == null && image != null,
              asked,
              section.read("text", "", TaskReader::words)));
      section.refuseOthers();
    }
    return examples;
  }

  private Path media(String text) {
    Path directory = file.toAbsolutePath().getParent();
    try {
      Path below = Path.of(text).normalize();
      if (below.isAbsolute() || below.startsWith("..") || directory == null) {
        throw new IllegalArgumentException(
            "'%s' must be a path below the directory of this file".formatted(text));
      }
      Path media = directory.resolve(below);
      if (!Files.isRegularFile(media)) {
        throw new IllegalArgumentException(
            "there is no file '%s' beside this one; check the path".formatted(text));
      }
      if (!media.toRealPath().startsWith(directory.toRealPath())) {
        throw new IllegalArgumentException(
            "'%s' is a link out of the directory of this file; put the media there"
                .formatted(text));
      }
      return media;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'%s' is no path".formatted(text), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("'%s' cannot be found".formatted(text), e);
    }
  }

  private DecodingOptions decoding(Section section) {
    DecodingOptions options =
        new DecodingOptions(
            integer(section, "max-tokens", 1, 4096),
            integer(section, "min-tokens", 0, 4096),
            integer(section, "beams", 1, 64),
            section.optional("length-penalty", TaskReader::lengthPenalty).orElse(null),
            integer(section, "no-repeat-ngram", 0, 100));
    section.refuseOthers();
    Integer least = options.minTokens();
    Integer most = options.maxTokens();
    if (least != null && most != null && least > most) {
      section.problem(
          "min-tokens",
          "%d is more than max-tokens %d; lower it or raise max-tokens".formatted(least, most));
    }
    if (kind == Kind.CLASSIFICATION && root.has("decoding")) {
      root.problem(
          "decoding", "is of no use to task classification, which writes nothing; remove it");
    }
    return options;
  }

  private static @Nullable Integer integer(Section section, String key, int least, int most) {
    int value = section.integer(key, ABSENT, least, most);
    return value == ABSENT ? null : (Integer) value;
  }

  private static Double lengthPenalty(String text) {
    if (!text.matches("[+-]?\\d{1,3}(\\.\\d{1,9})?") || Math.abs(Double.parseDouble(text)) > 10) {
      throw new IllegalArgumentException("'%s' is not a number from -10 to 10".formatted(text));
    }
    return Double.valueOf(text);
  }
}
