package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.Checkpoint;
import dev.flamingostreams.checkpoints.Checkpoints;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.conversion.FlamingoLayout.Area;
import dev.flamingostreams.conversion.FlamingoLayout.Place;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import dev.flamingostreams.flamingo.VisionConfig;
import dev.flamingostreams.flamingo.WeightShapes;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.tensor.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A model put together from its parts, checked, and nothing of its weights read yet. */
final class Assembly {
  private final VisionLayout vision;
  private final LanguageLayout language;
  private final FlamingoLayout flamingo;
  private final AddedTokens tokenizer;
  private final Sources visionSources;
  private final Sources languageSources;
  private final Sources flamingoSources = new Sources();
  private final Recipe recipe = new Recipe();

  Assembly(Path visionDirectory, Path languageDirectory, Path flamingoPath) {
    checkDirectory("vision encoder", visionDirectory);
    checkDirectory("language model", languageDirectory);
    vision = VisionLayout.of(visionDirectory);
    language = LanguageLayout.of(Settings.read(languageDirectory.resolve("config.json")));
    flamingo = FlamingoLayout.of(flamingoPath);
    tokenizer = AddedTokens.of(languageDirectory);
    visionSources =
        sources(
            Area.VISION,
            vision::canonical,
            Checkpoints.open(visionDirectory, vision.weightsPrefix()));
    languageSources =
        sources(Area.LANGUAGE, language::canonical, Checkpoints.open(languageDirectory));
    flamingoSources.add(flamingo.checkpoint(), name -> name(Area.FLAMINGO, name));
  }

  private static void checkDirectory(String what, Path path) {
    if (!Files.isDirectory(path)) {
      throw new ModelException(
          Files.exists(path)
              ? "%s is a file: name the directory of the %s".formatted(path, what)
              : "there is no directory %s of a %s".formatted(path, what));
    }
  }

  /** What the Flamingo checkpoint holds of a part lies over what the part itself brings. */
  private Sources sources(Area area, UnaryOperator<String> canonical, Checkpoint own) {
    Sources sources = new Sources();
    sources.add(flamingo.checkpoint(), name -> name(area, name).map(canonical));
    sources.add(own, name -> Optional.of(canonical.apply(name)));
    return sources;
  }

  private Optional<String> name(Area area, String tensor) {
    Place place = flamingo.place(tensor);
    return place.area() == area ? Optional.of(place.name()) : Optional.empty();
  }

  /** What it is made of, for people. */
  List<String> names() {
    return List.of(vision.name(), language.name(), flamingo.name());
  }

  AddedTokens tokenizer() {
    return tokenizer;
  }

  /** The config; fills the recipe. */
  FlamingoConfig config(String id) {
    SpecialTokens tokens = flamingo.tokens(tokenizer);
    VisionConfig visionConfig = vision.config(flamingo.classToken(), visionSources);
    Embeddings embeddings = new Embeddings(language, languageSources, tokenizer);
    LanguageConfig languageConfig = language.config(embeddings.vocabulary(), languageSources);
    FlamingoConfig config =
        new FlamingoConfig(
            FlamingoConfig.ARCHITECTURE,
            id,
            visionConfig,
            flamingo.resampler(flamingoSources),
            flamingo.crossAttention(flamingoSources, languageConfig.layers()),
            languageConfig,
            tokens,
            flamingo.decoding(languageConfig.context()),
            FlamingoConfig.NEVER_UNSURE,
            List.of());
    validate(config);
    fill(config, embeddings);
    return config;
  }

  private static void validate(FlamingoConfig config) {
    try {
      config.validate();
    } catch (IllegalArgumentException e) {
      throw new ModelException("these parts make no model: " + e.getMessage(), e);
    }
  }

  private void fill(FlamingoConfig config, Embeddings embeddings) {
    vision.weights(config.vision(), new Part(recipe, visionSources, "vision", ""));
    Part languagePart = new Part(recipe, languageSources, "language", "");
    language.weights(config.language(), languagePart);
    embeddings.weights(config.language().tiedHead(), config.language().vocabulary(), languagePart);
    flamingo.weights(config, recipe, flamingoSources);
  }

  /** The weights of the model, which the recipe was checked to make. */
  Map<String, List<Long>> shapes(FlamingoConfig config) {
    OnnxBackend graph = new OnnxBackend("shapes");
    Map<String, List<Long>> shapes =
        WeightShapes.of(config, (name, shape) -> graph.input(name, DataType.FLOAT, shape), graph);
    recipe.check(shapes);
    List.of(visionSources, languageSources, flamingoSources).forEach(Sources::requireAllUsed);
    return shapes;
  }

  /** Reads what is there under two names, to see that both are the same. */
  void checkTwins() {
    for (Sources sources : List.of(visionSources, languageSources, flamingoSources)) {
      for (Sources.Twins twins : sources.twins()) {
        // digests, for two large tensors need not fit the memory
        if (!Arrays.equals(Fingerprint.of(twins.used()), Fingerprint.of(twins.other()))) {
          throw new ModelException(
              "%s differs from tensor %s, which should be the same"
                  .formatted(twins.other(), twins.used().tensor().name()));
        }
      }
    }
  }

  float[] make(String weight, List<Long> shape) {
    return recipe.make(weight, shape);
  }
}
