package dev.flamingostreams.engine;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.CrossAttentionConfig.MediaMask;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import dev.flamingostreams.flamingo.Preprocessing;
import dev.flamingostreams.flamingo.ResamplerConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import dev.flamingostreams.flamingo.VisionConfig;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Shapes;
import dev.flamingostreams.tensor.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A model directory with weights that were drawn, not learnt: all gates open, nothing zero. */
public final class RandomModel {
  public static final FlamingoConfig TINY =
      config(
          new VisionConfig.Convolutional(
              16,
              stretch(List.of(0.5f, 0.4f, 0.3f), List.of(0.2f, 0.3f, 0.25f)),
              List.of(8, 12),
              List.of(2, 2),
              4,
              1,
              2),
          new ResamplerConfig(3, 2, 2, 6, 48, Activation.GELU, 8, 0),
          new CrossAttentionConfig(0, 1, 2, 8, 64, Activation.GELU, MediaMask.IMMEDIATE),
          new LanguageConfig.Mpt(12, 16, 2, 2, 64, 512, true, false, true, false, 0, 8),
          Decoding.greedy(6));

  private static final Preprocessing CROP =
      new Preprocessing(
          Preprocessing.Resize.CROP,
          1,
          Preprocessing.CropRounding.HALF_EVEN,
          List.of(0.5f, 0.4f, 0.3f),
          List.of(0.2f, 0.3f, 0.25f));

  private static final ResamplerConfig NO_TIME =
      new ResamplerConfig(3, 1, 2, 6, 48, Activation.GELU, 0, 0);

  /** As OpenFlamingo 4B: CLIP, cross-attention before every second block, rotary positions. */
  public static final FlamingoConfig ROTARY =
      config(
          new VisionConfig.Clip(16, CROP, 8, 12, 1, 2, 24, Activation.QUICK_GELU, false, false),
          NO_TIME,
          new CrossAttentionConfig(1, 2, 2, 8, 64, Activation.GELU, MediaMask.IMMEDIATE),
          new LanguageConfig.GptNeoX(
              12, 16, 2, 2, 64, 128, false, Activation.GELU, 0.5, 10_000, true, 1e-5),
          new Decoding(6, 0, 3, 1, 0));

  /** As flamingo-mini: CLIP with its class token, media embeddings, learnt positions. */
  public static final FlamingoConfig LEARNED =
      config(
          new VisionConfig.Clip(16, CROP, 8, 12, 1, 2, 24, Activation.GELU, true, false),
          new ResamplerConfig(3, 1, 2, 6, 48, Activation.SQUARED_RELU, 4, 3),
          new CrossAttentionConfig(0, 1, 2, 8, 64, Activation.SQUARED_RELU, MediaMask.IMMEDIATE),
          new LanguageConfig.Opt(12, 16, 2, 2, 64, 128, true, Activation.RELU, true, 16),
          Decoding.greedy(6));

  /** NFNet, all media before a text seen, LLaMA with keys shared by two heads. */
  public static final FlamingoConfig GROUPED =
      config(
          new VisionConfig.NfNet(
              32, CROP, List.of(2, 4, 4, 8), List.of(1, 1, 1, 1), List.of(8, 8, 8, 8), 4, 12),
          NO_TIME,
          new CrossAttentionConfig(0, 2, 2, 8, 64, Activation.GELU, MediaMask.ALL_BEFORE),
          new LanguageConfig.Llama(12, 16, 2, 2, 1, 8, 40, 128, false, 10_000, 1e-5),
          Decoding.greedy(6));

  /** The shape of the default model. */
  public static final FlamingoConfig SMALL =
      config(
          new VisionConfig.Convolutional(
              96,
              stretch(List.of(0.5f, 0.5f, 0.5f), List.of(0.25f, 0.25f, 0.25f)),
              List.of(32, 64, 128),
              List.of(2, 2, 3),
              8,
              4,
              4),
          new ResamplerConfig(16, 3, 4, 32, 512, Activation.GELU, 8, 0),
          new CrossAttentionConfig(0, 1, 4, 32, 512, Activation.GELU, MediaMask.IMMEDIATE),
          new LanguageConfig.Mpt(64, 128, 2, 4, 512, 512, true, false, true, false, 0, 8),
          Decoding.greedy(12));

  private RandomModel() {}

  public static Preprocessing stretch(List<Float> mean, List<Float> std) {
    return new Preprocessing(
        Preprocessing.Resize.STRETCH, 1, Preprocessing.CropRounding.DOWN, mean, std);
  }

  /** With the tokens of {@link #write}'s tokenizer. */
  public static FlamingoConfig config(
      VisionConfig vision,
      ResamplerConfig resampler,
      CrossAttentionConfig crossAttention,
      LanguageConfig language,
      Decoding decoding) {
    SpecialTokens tokens =
        new SpecialTokens(2, SpecialTokens.NONE, 3, 0, SpecialTokens.NONE, "<image>", "<EOC>");
    return new FlamingoConfig(
        "flamingo",
        "random",
        vision,
        resampler,
        crossAttention,
        language,
        tokens,
        decoding,
        -0.5,
        List.of());
  }

  /** The same but for these. */
  static FlamingoConfig with(
      FlamingoConfig config,
      LanguageConfig language,
      SpecialTokens tokens,
      double unsureBelow,
      List<String> unknownTexts) {
    return new FlamingoConfig(
        config.architecture(),
        config.id(),
        config.vision(),
        config.resampler(),
        config.crossAttention(),
        language,
        tokens,
        config.decoding(),
        unsureBelow,
        unknownTexts);
  }

  /** Writes the three files and gives the weights by name. */
  public static Map<String, float[]> write(Path directory, FlamingoConfig config, StoredType type)
      throws IOException {
    Map<String, float[]> weights = new LinkedHashMap<>();
    SafetensorsWriter writer = new SafetensorsWriter();
    shapes(config)
        .forEach(
            (name, shape) -> {
              weights.put(name, values(name, shape));
              writer.tensor(name, type, shape, () -> weights.getOrDefault(name, new float[0]));
            });
    writer.write(directory.resolve(ModelDirectory.WEIGHTS));
    JsonMapper json = new JsonMapper();
    Files.writeString(
        directory.resolve(ModelDirectory.CONFIG), json.valueToTree(config).toPrettyString());
    Files.writeString(
        directory.resolve(ModelDirectory.TOKENIZER), tokenizer(config.language().vocabulary()));
    return weights;
  }

  /** Every weight that the model asks for. */
  public static Map<String, long[]> shapes(FlamingoConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    OnnxBackend graph = new OnnxBackend("names");
    Weights names =
        (name, shape) -> {
          shapes.put(name, shape.clone());
          return graph.input(name, DataType.FLOAT, shape);
        };
    Flamingo flamingo = new Flamingo(config, names, graph);
    int side = config.vision().inputSize();
    int width = config.vision().width();
    flamingo.vision(graph.input("pixels", DataType.FLOAT, 1, 3, side, side));
    flamingo.resample(
        graph.input("features", DataType.FLOAT, 1, 1, config.vision().tokens(), width),
        graph.input("times", DataType.FLOAT, 1, 1, config.resampler().timeEmbeddings()),
        graph.input("mask", DataType.FLOAT, 1, 1),
        graph.input("place", DataType.INT, 1));
    flamingo.describe(
        graph.input("latents", DataType.FLOAT, 1, 1, config.resampler().latents(), width),
        new Flamingo.Prompt(
            graph.input("prompt", DataType.INT, 1, 1),
            graph.input("time", DataType.INT, 1, 1),
            graph.input("start", DataType.INT, 1, 1)),
        config.decoding());
    return shapes;
  }

  private static float[] values(String name, long... shape) {
    Random random = new Random(name.hashCode());
    float[] values = new float[(int) Shapes.size(shape)];
    double scale = shape.length < 2 ? 0.3 : Math.sqrt((double) shape[0] / values.length);
    if (shape.length == 2) {
      scale = 1 / Math.sqrt((double) shape[0]);
    }
    boolean norm = name.endsWith("norm.weight") || name.endsWith("gate");
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((norm ? 1 : 0) + scale * random.nextGaussian());
    }
    if (name.endsWith("embeddings")) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (0.03 * random.nextGaussian());
      }
    }
    return values;
  }

  private static String tokenizer(int vocabulary) {
    List<String> tokens = new ArrayList<>(List.of("<pad>", "<bos>", "<image>", "<EOC>"));
    while (tokens.size() < vocabulary) {
      tokens.add("w" + tokens.size());
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    tokens.forEach(token -> ids.put(token, ids.size()));
    List<Map<String, Object>> added = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Map<String, Object> token = new LinkedHashMap<>();
      token.put("id", i);
      token.put("content", tokens.get(i));
      for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
        token.put(flag, false);
      }
      token.put("special", true);
      added.add(token);
    }
    return new JsonMapper()
        .valueToTree(
            Map.of(
                "version",
                "1.0",
                "added_tokens",
                added,
                "pre_tokenizer",
                Map.of("type", "WhitespaceSplit"),
                "model",
                Map.of("type", "WordLevel", "unk_token", "<pad>", "vocab", ids)))
        .toString();
  }
}
