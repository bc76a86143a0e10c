package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.flamingo.LanguageConfig;

/** How a project lays out causal language models. */
interface LanguageLayout {

  /** By the {@code model_type} of its {@code config.json}. */
  static LanguageLayout of(Settings config) {
    String type = config.text("model_type", "");
    return switch (type) {
      case "mpt" -> new MptLayout(config);
      case "mosaic_gpt" -> new MosaicGptLayout(config);
      case "gpt_neox" -> new GptNeoXLayout(config);
      case "opt" -> new OptLayout(config);
      case "llama" -> new LlamaLayout(config);
      default ->
          throw new ModelException(
              ("%s: model_type '%s' is no language model that is known: mpt, mosaic_gpt, gpt_neox,"
                      + " opt, llama")
                  .formatted(config.file(), type));
    };
  }

  /** What people call it. */
  String name();

  /** The name under which this layout knows a tensor. */
  default String canonical(String tensor) {
    return tensor;
  }

  /** The tensor of token embeddings. */
  String embeddings();

  /** The tensor of output embeddings. */
  String head();

  /**
   * The shape of the model.
   *
   * @param vocabulary tokens, added ones included
   */
  LanguageConfig config(int vocabulary, Sources sources);

  /** All weights but the embeddings and the head. */
  void weights(LanguageConfig config, Part part);
}
