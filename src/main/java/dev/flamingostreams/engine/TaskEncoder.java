package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Tasks to tokens; a {@link TaskException} says why a model cannot be asked one. */
final class TaskEncoder {
  private static final int MOST_TOKENS = 4096;
  private static final int MOST_LABEL_TOKENS = 256;
  private static final int MOST_SHOWN = 60;
  private static final String AFTER_AN_ANSWER = Tokenizer.END + "\n";

  private final FlamingoConfig config;
  private final Tokenizer tokenizer;
  private final double mostBytes;

  /**
   * @param mostBytes that answering for one clip may take
   */
  TaskEncoder(FlamingoConfig config, Tokenizer tokenizer, double mostBytes) {
    this.config = config;
    this.tokenizer = tokenizer;
    this.mostBytes = mostBytes;
  }

  /**
   * The task in tokens.
   *
   * @param see gives the latents of the example clips; asked once all else is right
   */
  PreparedTask encode(Task task, Function<List<ClipInput>, List<float[]>> see) {
    if (task instanceof Task.Classify classify) {
      return choice(classify, see);
    }
    if (task instanceof Task.Dialogue dialogue) {
      return conversation(dialogue.prompt(), dialogue.turns(), dialogue.decoding(), see);
    }
    Task.Describe describe = (Task.Describe) task;
    return conversation(describe.prompt(), List.of(), describe.decoding(), see);
  }

  private PreparedTask choice(Task.Classify task, Function<List<ClipInput>, List<float[]>> see) {
    Passage passage = passage(task.prompt(), task.prompt().text());
    List<int[]> labels = task.labels().stream().map(this::label).toList();
    checkRoom(passage.length(), labels.stream().mapToInt(label -> label.length).max().orElse(0));
    return new Choice(config, prepared(task.prompt(), passage, see), labels, Choice.MOST_FLOATS);
  }

  private int[] label(String text) {
    int[] tokens = text(text);
    if (tokens.length == 0 || tokens.length >= MOST_LABEL_TOKENS) {
      throw new TaskException(
          "label '%s' has %d tokens, must have 1 to %d"
              .formatted(shown(text), tokens.length, MOST_LABEL_TOKENS - 1));
    }
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = config.tokens().end();
    return ended;
  }

  private PreparedTask conversation(
      Prompt prompt,
      List<Task.Dialogue.Turn> turns,
      DecodingOptions options,
      Function<List<ClipInput>, List<float[]>> see) {
    Decoding decoding = options.over(config.decoding());
    String first = turns.isEmpty() ? "" : turns.get(0).text();
    Passage passage = passage(prompt, prompt.text() + first);
    List<int[]> later =
        turns.stream().skip(1).map(turn -> text(AFTER_AN_ANSWER + turn.text())).toList();
    long read = passage.length() + later.stream().mapToLong(turn -> turn.length).sum();
    long written = (later.size() + 1L) * decoding.maxTokens();
    checkRoom(read, written);
    checkMemory(decoding, read + written);
    return new Conversation(config, prepared(prompt, passage, see), later, decoding);
  }

  private Passage passage(Prompt prompt, String text) {
    Passage passage = Passage.of(begun(encode(text)), config.tokens()::isImage);
    int media = prompt.examples().size() + 1;
    if (passage.media() != media) {
      throw new TaskException(
          "prompt '%s' reads as %d media, it shows %d; its text must not hold %s for anything else"
              .formatted(shown(text), passage.media(), media, mediaMark()));
    }
    int most = config.resampler().mediaEmbeddings();
    if (most > 0 && media > most) {
      throw new TaskException(
          "the prompt shows %d media, model %s tells only %d apart; leave out examples"
              .formatted(media, config.id(), most));
    }
    return passage;
  }

  private int[] begun(int... tokens) {
    int begin = config.tokens().begin();
    return begin == SpecialTokens.NONE
        ? tokens
        : IntStream.concat(IntStream.of(begin), IntStream.of(tokens)).toArray();
  }

  /** Text that shows nothing. */
  private int[] text(String text) {
    int[] tokens = encode(text);
    if (Arrays.stream(tokens).anyMatch(config.tokens()::isImage)) {
      throw new TaskException(
          "text '%s' reads as a media; it must not hold %s".formatted(shown(text), mediaMark()));
    }
    return tokens;
  }

  private int[] encode(String text) {
    String written =
        text.replace(Tokenizer.IMAGE, config.tokens().imageText())
            .replace(Tokenizer.END, config.tokens().endText());
    List<String> unknown = tokenizer.unknownWords(written, config.tokens().pad());
    if (!unknown.isEmpty()) {
      throw new TaskException(
          "'%s' has words that model %s does not know: %s; its README.md says what it is told"
              .formatted(shown(text), config.id(), shown(String.join(", ", unknown))));
    }
    return tokenizer.encode(written);
  }

  /** What makes a tokenizer give the image token; flamingo-mini has it for {@code <} alone. */
  private String mediaMark() {
    String text = config.tokens().imageText();
    return tokenizer.encode(text).length == 1 ? text : text.substring(0, 1);
  }

  private void checkRoom(long read, long written) {
    int room = Math.min(MOST_TOKENS, config.language().context());
    if (read + written > room) {
      throw new TaskException(
          ("the prompt has %d tokens and %d may follow, model %s has room for %d; shorten the"
                  + " prompt, leave out examples or let less follow")
              .formatted(read, written, config.id(), room));
    }
  }

  private void checkMemory(Decoding decoding, long tokens) {
    double bytes = DecodingMemory.bytes(config.language(), decoding, tokens);
    if (bytes > mostBytes) {
      throw new TaskException(
          String.format(
              Locale.ROOT,
              "texts of %d tokens with %d beams%s take %.1f GB for a clip, %.1f GB may be taken;"
                  + " shorten the prompt, use fewer beams or let less follow",
              tokens,
              decoding.beams(),
              decoding.noRepeatNgram() == 0 ? "" : " that do not repeat themselves",
              bytes / (1 << 30),
              mostBytes / (1 << 30)));
    }
  }

  private static PreparedPrompt prepared(
      Prompt prompt, Passage passage, Function<List<ClipInput>, List<float[]>> see) {
    return new PreparedPrompt(passage, see.apply(prompt.examples()));
  }

  private static String shown(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() > MOST_SHOWN ? line.substring(0, MOST_SHOWN) + "..." : line;
  }
}
