package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.Checkpoint;
import dev.flamingostreams.checkpoints.Checkpoints;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.ResamplerConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a project lays out what a Flamingo learns on top of its vision encoder and language model.
 */
interface FlamingoLayout {
  /** What OpenFlamingo's releases are called. */
  String RELEASED = "checkpoint.pt";

  /** The parts of a model that a checkpoint may hold tensors of. */
  enum Area {
    VISION,
    LANGUAGE,
    /** Resampler and cross-attention. */
    FLAMINGO
  }

  /**
   * A tensor's part of the model, and its name there: the same whichever name it was saved under.
   */
  record Place(Area area, String name) {}

  /** Finds out what a file, or the checkpoint in a directory, holds. */
  static FlamingoLayout of(Path path) {
    boolean directory = Files.isDirectory(path);
    Path released = path.resolve(RELEASED);
    Checkpoint checkpoint =
        Checkpoints.open(directory && Files.isRegularFile(released) ? released : path);
    if (checkpoint.names().stream().anyMatch(name -> name.startsWith("perceiver."))) {
      return new OpenFlamingoLayout(checkpoint);
    }
    if (checkpoint.names().stream().anyMatch(name -> name.startsWith("flamingo.resampler."))) {
      Path config = directory ? path.resolve("config.json") : path.resolveSibling("config.json");
      return new FlamingoMiniLayout(checkpoint, Settings.read(config));
    }
    throw new ModelException(
        ("%s holds no Flamingo that is known: OpenFlamingo has tensors named perceiver.*,"
                + " flamingo-mini has flamingo.resampler.*")
            .formatted(checkpoint.file()));
  }

  /** What people call it. */
  String name();

  Checkpoint checkpoint();

  Place place(String tensor);

  /** Whether the resampler sees the class token of the vision encoder. */
  boolean classToken();

  ResamplerConfig resampler(Sources sources);

  CrossAttentionConfig crossAttention(Sources sources, int layers);

  /** The tokens that this project uses; those that the tokenizer lacks are added to it. */
  SpecialTokens tokens(AddedTokens tokenizer);

  /** How this project makes captions, with a language model of that context. */
  Decoding decoding(int context);

  void weights(FlamingoConfig config, Recipe recipe, Sources sources);
}
