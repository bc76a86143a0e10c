package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.TokenizerFile;
import dev.flamingostreams.flamingo.SpecialTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A language model's tokenizer, to which a Flamingo adds its own tokens. */
final class AddedTokens {
  private final Path directory;
  private final TokenizerFile tokenizer;
  private final List<Settings> names;

  private AddedTokens(Path directory, TokenizerFile tokenizer, List<Settings> names) {
    this.directory = directory;
    this.tokenizer = tokenizer;
    this.names = names;
  }

  static AddedTokens of(Path directory) {
    AddedTokens tokens =
        new AddedTokens(
            directory,
            TokenizerFile.openIn(directory),
            List.of(
                Settings.readIfThere(directory.resolve("tokenizer_config.json")),
                Settings.readIfThere(directory.resolve("special_tokens_map.json"))));
    tokens.named("pad_token").ifPresent(tokens::add); // as transformers does when loading
    return tokens;
  }

  /** The id of a token, which is added if it is not there. */
  int add(String token) {
    return tokenizer.addSpecialTokens(List.of(token)).get(0);
  }

  int id(String token) {
    return tokenizer
        .id(token)
        .orElseThrow(
            () ->
                new ModelException(
                    "the tokenizer of %s has no token %s".formatted(directory, token)));
  }

  /** The padding token, which is added if the tokenizer has none. */
  int padOr(String token) {
    return named("pad_token").map(this::id).orElseGet(() -> add(token));
  }

  /** The token that ends a text. */
  int endOfText() {
    return id(required("eos_token"));
  }

  /** The token that stands before every text, or none. */
  int begin() {
    return tokenizer.first().orElseGet(() -> addsBegin() ? alwaysBegin() : SpecialTokens.NONE);
  }

  private boolean addsBegin() {
    return names.stream().anyMatch(settings -> settings.flag("add_bos_token", false));
  }

  /** The same where there must be one. */
  int alwaysBegin() {
    return tokenizer.first().orElseGet(() -> id(required("bos_token")));
  }

  private String required(String key) {
    return named(key).orElseThrow(() -> names.get(0).fault(key, "a token"));
  }

  int idOrNone(String token) {
    return tokenizer.id(token).orElse(SpecialTokens.NONE);
  }

  /** A token is named by its text, or by an object that holds it. */
  private Optional<String> named(String key) {
    for (Settings settings : names) {
      Settings token = settings.isObject(key) ? settings.at(key) : settings;
      String text = token.text(token == settings ? key : "content", "");
      if (!text.isEmpty()) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  /** One more than the largest id. */
  int size() {
    return tokenizer.ids().values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
  }

  void write(Path copy) throws IOException {
    tokenizer.write(copy);
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
