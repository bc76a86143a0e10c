package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.DecodingOptions;
import dev.flamingostreams.engine.Prompt;
import dev.flamingostreams.engine.Task;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a topology asks of each clip. The prompt is what comes before {@code <image>}, then each
 * example: its media, what comes after {@code <image>} in the prompt, its text, {@code <EOC>} and,
 * but for classifications, a line break; then the clip and what comes after {@code <image>}, as in
 * the evaluation of OpenFlamingo. In a dialogue that last part asks the first question, and is
 * written again for each of the others.
 *
 * @param prompt holds {@code <image>} once, and after it {@code {question}} where something is
 *     asked
 * @param questions one of task questions, the turns of a dialogue, none of other tasks
 * @param labels of a classification
 * @param examples to learn from, which come first
 */
public record TaskPlan(
    Kind kind,
    String prompt,
    List<String> questions,
    List<String> labels,
    List<Example> examples,
    DecodingOptions decoding) {
  static final String IMAGE = "<image>";
  static final String END = "<EOC>";
  static final String QUESTION = "{question}";

  /** The tasks of the Flamingo literature, with the prompts that they have by default. */
  public enum Kind {
    CAPTIONING("<image>", "\n"),
    QUESTIONS("<image>Question:{question} Short answer:", "\n"),
    CLASSIFICATION("<image>", ""),
    DIALOGUE("<image>User: {question}\nFlamingo:", "\n");

    private final String prompt;
    private final String betweenExamples;

    Kind(String prompt, String betweenExamples) {
      this.prompt = prompt;
      this.betweenExamples = betweenExamples;
    }

    /** By default. */
    String prompt() {
      return prompt;
    }

    boolean asks() {
      return this == QUESTIONS || this == DIALOGUE;
    }
  }

  /**
   * An example.
   *
   * @param where line and key, for what turns out to be wrong with it
   * @param media a video or a JPEG or PNG image; null: text alone
   * @param image whether it is an image
   * @param question that the text answers, empty where nothing is asked
   * @param text as the model should write it
   */
  public record Example(
      String where, @Nullable Path media, boolean image, String question, String text) {}

  public TaskPlan {
    questions = List.copyOf(questions);
    labels = List.copyOf(labels);
    examples = List.copyOf(examples);
  }

  /** Captions in the model's own way, without examples. */
  static TaskPlan captioning() {
    return new TaskPlan(
        Kind.CAPTIONING,
        Kind.CAPTIONING.prompt,
        List.of(),
        List.of(),
        List.of(),
        DecodingOptions.NONE);
  }

  /** Examples that show something. */
  List<Example> shown() {
    return examples.stream().filter(example -> example.media != null).toList();
  }

  /**
   * For the engine.
   *
   * @param media of {@link #shown}
   */
  Task task(List<ClipInput> media) {
    String before = lead() + written() + IMAGE;
    return switch (kind) {
      case CAPTIONING -> new Task.Describe(new Prompt(before + cue(""), media), decoding);
      case QUESTIONS ->
          new Task.Describe(new Prompt(before + cue(questions.get(0)), media), decoding);
      case CLASSIFICATION -> new Task.Classify(new Prompt(before + cue(""), media), labels);
      case DIALOGUE ->
          new Task.Dialogue(
              new Prompt(before, media),
              questions.stream().map(one -> new Task.Dialogue.Turn(one, cue(one))).toList(),
              decoding);
    };
  }

  private String lead() {
    return prompt.substring(0, prompt.indexOf(IMAGE));
  }

  private String cue(String question) {
    return prompt.substring(prompt.indexOf(IMAGE) + IMAGE.length()).replace(QUESTION, question);
  }

  private String written() {
    StringBuilder all = new StringBuilder();
    for (Example example : examples) {
      all.append(example.media == null ? "" : IMAGE)
          .append(cue(example.question))
          .append(example.text)
          .append(END)
          .append(kind.betweenExamples);
    }
    return all.toString();
  }
}
