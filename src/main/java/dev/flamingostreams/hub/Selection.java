package dev.flamingostreams.hub;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a repository that an import reads: weights in one format, config, tokenizer. */
final class Selection {
  private static final String OPEN_CLIP_CONFIG = "open_clip_config.json";

  private static final Set<String> SMALL =
      Set.of(
          "config.json",
          OPEN_CLIP_CONFIG,
          "preprocessor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt");

  private static final List<Pattern> OPEN_CLIP =
      formats("open_clip_model\\.safetensors", "open_clip_pytorch_model\\.bin");

  private static final List<Pattern> OTHERS =
      formats(
          "model\\.safetensors",
          "model-\\d+-of-\\d+\\.safetensors|model\\.safetensors\\.index\\.json",
          "pytorch_model\\.bin",
          "pytorch_model-\\d+-of-\\d+\\.bin|pytorch_model\\.bin\\.index\\.json",
          "checkpoint\\.pt");

  /** Taken where one file has such a name: of several, each may hold all weights. */
  private static final List<Pattern> ALONE = formats("[^/]+\\.safetensors", "[^/]+\\.(pt|pth)");

  private Selection() {}

  private static List<Pattern> formats(String... patterns) {
    return Stream.of(patterns).map(Pattern::compile).toList();
  }

  /** In the order of the listing, without the weights of the formats that are not needed. */
  static List<HubFile> of(Repository repository, List<HubFile> files) throws HubException {
    Pattern weights =
        formats(files)
            .filter(format -> count(format, files) > 0)
            .findFirst()
            .or(() -> ALONE.stream().filter(format -> count(format, files) == 1).findFirst())
            .orElseThrow(
                () ->
                    new HubException(
                        repository
                            + " holds no weights that can be imported: model.safetensors,"
                            + " pytorch_model.bin, checkpoint.pt, or a single .safetensors or .pt"));
    return files.stream()
        .filter(file -> SMALL.contains(file.path()) || matches(weights, file))
        .toList();
  }

  /** The first that a repository has is taken: an import reads what belongs to that config. */
  private static Stream<Pattern> formats(List<HubFile> files) {
    return files.stream().anyMatch(file -> file.path().equals(OPEN_CLIP_CONFIG))
        ? Stream.concat(OPEN_CLIP.stream(), OTHERS.stream())
        : Stream.concat(OTHERS.stream(), OPEN_CLIP.stream());
  }

  /** Whether a file that was selected holds weights. */
  static boolean weights(HubFile file) {
    return !SMALL.contains(file.path()) && !file.path().endsWith(".index.json");
  }

  private static long count(Pattern format, List<HubFile> files) {
    return files.stream().filter(file -> matches(format, file)).count();
  }

  private static boolean matches(Pattern format, HubFile file) {
    return format.matcher(file.path()).matches();
  }
}
