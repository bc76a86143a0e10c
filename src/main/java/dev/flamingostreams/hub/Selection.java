package dev.flamingostreams.hub;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a repository that an import reads: weights in one format, config, tokenizer. */
final class Selection {
  private static final Set<String> SMALL =
      Set.of(
          "config.json",
          "open_clip_config.json",
          "preprocessor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt");

  /** The first that a repository has is taken. */
  private static final List<Pattern> WEIGHTS =
      Stream.of(
              "open_clip_(pytorch_)?model\\.safetensors",
              "model\\.safetensors",
              "model-\\d+-of-\\d+\\.safetensors|model\\.safetensors\\.index\\.json",
              "[^/]+\\.safetensors",
              "open_clip_pytorch_model\\.bin",
              "pytorch_model\\.bin",
              "pytorch_model-\\d+-of-\\d+\\.bin|pytorch_model\\.bin\\.index\\.json",
              "checkpoint\\.pt",
              "[^/]+\\.(pt|pth)")
          .map(Pattern::compile)
          .toList();

  private Selection() {}

  /** In the order of the listing, without the weights of the formats that are not needed. */
  static List<HubFile> of(Repository repository, List<HubFile> files) throws HubException {
    Pattern weights =
        WEIGHTS.stream()
            .filter(format -> files.stream().anyMatch(file -> matches(format, file)))
            .findFirst()
            .orElseThrow(
                () ->
                    new HubException(
                        repository
                            + " holds no weights that can be imported:"
                            + " .safetensors, pytorch_model.bin or .pt"));
    return files.stream()
        .filter(file -> SMALL.contains(file.path()) || matches(weights, file))
        .toList();
  }

  /** Whether a file that was selected holds weights. */
  static boolean weights(HubFile file) {
    return !SMALL.contains(file.path()) && !file.path().endsWith(".index.json");
  }

  private static boolean matches(Pattern format, HubFile file) {
    return format.matcher(file.path()).matches();
  }
}
