package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.Checkpoints;
import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.CrossAttentionConfig.MediaMask;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import dev.flamingostreams.flamingo.Preprocessing;
import dev.flamingostreams.flamingo.ResamplerConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import dev.flamingostreams.flamingo.VisionConfig;
import dev.flamingostreams.flamingo.WeightShapes;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.tensor.DataType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A language model as an import would bring it, without a Flamingo.
 *
 * @param whole a config with some vision encoder, resampler and cross-attention
 * @param weights those of the language model
 */
public record LanguageAlone(FlamingoConfig whole, Map<String, float[]> weights) {

  public static LanguageAlone of(Path directory) {
    LanguageLayout layout = LanguageLayout.of(Settings.read(directory.resolve("config.json")));
    Sources sources = new Sources();
    sources.add(Checkpoints.open(directory), name -> Optional.of(layout.canonical(name)));
    int vocabulary = sources.size(layout.embeddings(), 0, 2);
    FlamingoConfig whole = around(layout.config(vocabulary, sources));
    Recipe recipe = new Recipe();
    Part part = new Part(recipe, sources, "language", "");
    layout.weights(whole.language(), part);
    new Embeddings(layout, sources, AddedTokens.of(directory))
        .weights(whole.language().tiedHead(), vocabulary, part);
    Map<String, List<Long>> shapes = shapes(whole);
    recipe.check(shapes);
    sources.requireAllUsed();
    Map<String, float[]> weights = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> weights.put(name, recipe.make(name, shape)));
    return new LanguageAlone(whole, weights);
  }

  private static FlamingoConfig around(LanguageConfig language) {
    Preprocessing preprocessing =
        new Preprocessing(
            Preprocessing.Resize.CROP,
            1,
            Preprocessing.CropRounding.DOWN,
            ClipLayout.MEAN,
            ClipLayout.STD);
    return new FlamingoConfig(
        FlamingoConfig.ARCHITECTURE,
        "language",
        new VisionConfig.Clip(8, preprocessing, 8, 8, 1, 1, 8, Activation.GELU, false, false),
        new ResamplerConfig(1, 1, 1, 8, 8, Activation.GELU, 0, 0),
        new CrossAttentionConfig(0, 1, 1, 8, 8, Activation.GELU, MediaMask.IMMEDIATE),
        language,
        new SpecialTokens(0, SpecialTokens.NONE, 1, 2, SpecialTokens.NONE, "<image>", "<end>"),
        Decoding.greedy(8),
        FlamingoConfig.NEVER_UNSURE,
        List.of());
  }

  private static Map<String, List<Long>> shapes(FlamingoConfig whole) {
    OnnxBackend graph = new OnnxBackend("shapes");
    Map<String, List<Long>> shapes =
        WeightShapes.of(whole, (name, shape) -> graph.input(name, DataType.FLOAT, shape), graph);
    shapes.keySet().removeIf(name -> !name.startsWith("language.") || name.contains(".cross_"));
    return shapes;
  }

  /** The config with another end token. */
  public FlamingoConfig ending(int end) {
    SpecialTokens tokens = whole.tokens();
    return new FlamingoConfig(
        whole.architecture(),
        whole.id(),
        whole.vision(),
        whole.resampler(),
        whole.crossAttention(),
        whole.language(),
        new SpecialTokens(
            tokens.image(),
            tokens.spacedImage(),
            end,
            tokens.pad(),
            tokens.begin(),
            tokens.imageText(),
            tokens.endText()),
        whole.decoding(),
        whole.unsureBelow(),
        whole.unknownTexts());
  }

  LanguageConfig config() {
    return whole.language();
  }
}
