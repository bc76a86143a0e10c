package dev.flamingostreams.engine;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is asked of each clip. Texts write {@code <image>} for a media and {@code <EOC>} for the end
 * of a chunk of text, whatever the model itself writes for them.
 */
public sealed interface Task {

  /** What the model reads first. */
  Prompt prompt();

  /** First 12 hexadecimal digits of a SHA-256 of everything that is asked. */
  String id();

  /** The model continues the prompt: captions, answers to one question. */
  record Describe(Prompt prompt, DecodingOptions decoding) implements Task {

    @Override
    public String id() {
      return decoding.equals(DecodingOptions.NONE)
          ? prompt.id()
          : Digests.id(Stream.of("describe", prompt.id(), decoding.toString()));
    }
  }

  /**
   * The label that the prompt is most likely to be continued by, with the end of the chunk after
   * it: a label that another one begins with has no advantage over that.
   *
   * @param labels as they would follow the prompt, none twice; the same but for space around them
   *     is twice
   */
  record Classify(Prompt prompt, List<String> labels) implements Task {
    public static final int MOST_LABELS = 1_000;

    public Classify {
      labels = List.copyOf(labels);
      if (labels.isEmpty() || labels.size() > MOST_LABELS) {
        throw new IllegalArgumentException(
            "there are %d labels, must be 1 to %d".formatted(labels.size(), MOST_LABELS));
      }
      if (labels.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException("a label is empty; give it words");
      }
      HashSet<String> known = new HashSet<>();
      for (String label : labels) {
        if (!known.add(label.strip())) {
          throw new IllegalArgumentException(
              "label '%s' is there twice; remove one".formatted(label.strip()));
        }
      }
    }

    @Override
    public String id() {
      return Digests.id(Stream.concat(Stream.of("classify", prompt.id()), labels.stream()));
    }
  }

  /**
   * Questions one after the other, each asked after the answers to those before it: prompt, text of
   * the first turn, its answer, {@code <EOC>}, a line break, text of the second turn, and so on.
   */
  record Dialogue(Prompt prompt, List<Turn> turns, DecodingOptions decoding) implements Task {
    public static final int MOST_TURNS = 100;

    /**
     * One question.
     *
     * @param question as captions show it
     * @param text as the model reads it, such as {@code User: what is it? Flamingo:}
     */
    public record Turn(String question, String text) {}

    public Dialogue {
      turns = List.copyOf(turns);
      if (turns.isEmpty() || turns.size() > MOST_TURNS) {
        throw new IllegalArgumentException(
            "there are %d turns, must be 1 to %d".formatted(turns.size(), MOST_TURNS));
      }
    }

    @Override
    public String id() {
      return Digests.id(
          Stream.concat(
              Stream.of("dialogue", prompt.id(), decoding.toString()),
              turns.stream().flatMap(turn -> Stream.of(turn.question(), turn.text()))));
    }
  }

  /** Nothing but the live clip, decoded as the model's config says. */
  static Task plain() {
    return new Describe(Prompt.plain(), DecodingOptions.NONE);
  }
}
