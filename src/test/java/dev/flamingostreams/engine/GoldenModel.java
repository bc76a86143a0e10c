package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.conversion.Import;
import dev.flamingostreams.conversion.ImportOptions;
import dev.flamingostreams.flamingo.ConfigReader;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.CrossAttentionConfig.MediaMask;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.TemporalInterpolation;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.onnx.OnnxWeights;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.training.Eager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** A checkpoint of a reference implementation, imported, as graphs and on libtorch. */
final class GoldenModel implements AutoCloseable {
  private final Golden golden;
  private final ModelDirectory model;
  private final FlamingoConfig config;
  private final Sessions sessions;
  private final Eager eager = new Eager();

  private GoldenModel(Golden golden, ModelDirectory model, FlamingoConfig config) {
    this.golden = golden;
    this.model = model;
    this.config = config;
    Djl.startOnnxRuntime(1);
    sessions =
        new Sessions(
            new Graphs(config, model.weights()),
            OnnxRuntime.start(1, model.path(), new WeightSize(1)));
  }

  static GoldenModel open(String name, MediaMask mask, Path directory) throws IOException {
    Golden golden = Golden.of(name);
    Path files = golden.directory();
    Path checkpoint = files.resolve("checkpoint.pt");
    ModelDirectory model =
        Import.of(
                files.resolve("vision"),
                files.resolve("language"),
                Files.exists(checkpoint) ? checkpoint : files.resolve("flamingo"))
            .to(directory.resolve("model"), ImportOptions.of(name));
    return new GoldenModel(golden, model, masked(ConfigReader.read(model), mask));
  }

  private static FlamingoConfig masked(FlamingoConfig config, MediaMask mask) {
    CrossAttentionConfig c = config.crossAttention();
    return new FlamingoConfig(
        config.architecture(),
        config.id(),
        config.vision(),
        config.resampler(),
        new CrossAttentionConfig(
            c.first(), c.every(), c.heads(), c.headWidth(), c.feedForward(), c.activation(), mask),
        config.language(),
        config.tokens(),
        config.decoding(),
        config.unsureBelow(),
        config.unknownTexts());
  }

  @Override
  public void close() {
    sessions.close();
    eager.close();
  }

  void compareMedia() {
    float[] expected = golden.floats("features");
    long[] shape = golden.shape("features");
    int clips = (int) shape[0];
    int frames = (int) shape[1];
    float[] pixels = pixels(clips * frames);
    int side = config.vision().inputSize();
    Array images = Array.of(Graphs.PIXELS, pixels, (long) clips * frames, 3, side, side);
    float[] features = sessions.vision(clips * frames).run(List.of(images)).floats(Graphs.FEATURES);
    Golden.assertClose("features", features, expected);
    Flamingo flamingo = flamingo();
    Golden.assertClose(
        "features, eager",
        eager.floats(flamingo.vision(eager.backend().constant(pixels, images.shape()))),
        expected);
    int each = expected.length / clips;
    List<float[]> latents = new ArrayList<>();
    for (int clip = 0; clip < clips; clip++) {
      latents.add(latents(Arrays.copyOfRange(features, clip * each, (clip + 1) * each), clip));
    }
    Golden.assertClose("latents", concat(latents), golden.floats("latents"));
  }

  /** In the order of the clips. */
  private float[] pixels(int count) {
    float[] pixels = golden.floats("pixels");
    if (!golden.tensors().contains("frames")) {
      return pixels;
    }
    int side = config.vision().inputSize();
    int size = 3 * side * side;
    float[] ordered = new float[count * size];
    int[] rows = golden.ints("frames");
    for (int i = 0; i < count; i++) {
      System.arraycopy(pixels, rows[i] * size, ordered, i * size, size);
    }
    return ordered;
  }

  private float[] latents(float[] features, int place) {
    int frames = (int) golden.shape("features")[1];
    int embeddings = config.resampler().timeEmbeddings();
    List<Array> inputs = new ArrayList<>();
    inputs.add(
        Array.of(
            Graphs.FEATURES,
            features,
            1,
            frames,
            config.vision().tokens(),
            config.vision().width()));
    float[] mask = new float[frames];
    Arrays.fill(mask, 1);
    inputs.add(Array.of(Graphs.FRAME_MASK, mask, 1, frames));
    if (embeddings > 0) {
      long[] even = LongStream.range(0, frames).map(i -> i * 1000).toArray();
      float[] weights = TemporalInterpolation.weights(even, embeddings);
      inputs.add(Array.of(Graphs.TIME_WEIGHTS, weights, 1, frames, embeddings));
    }
    if (config.resampler().mediaEmbeddings() > 0) {
      inputs.add(Array.of(Graphs.PLACE, new int[] {place}, 1));
    }
    return sessions.resampler(1, frames).run(inputs).floats(Graphs.LATENTS);
  }

  void compareTexts(String mask) {
    for (int row = 0; row < golden.about().path("texts").size(); row++) {
      String prefix = mask + row + ".";
      int[] ids = golden.ints(prefix + "ids");
      compareTokens(golden.about().path("texts").get(row).asText(), ids);
      compareLogits(prefix, ids);
      compareLikelihoods(prefix, ids);
      for (var run : golden.about().path("runs").properties()) {
        compareRun(prefix, run.getKey(), ids);
        compareTask(prefix, golden.about().path("texts").get(row).asText(), run.getKey());
      }
    }
  }

  /**
   * As a topology asks: the first media is an example, the prompt is padded to a graph's length.
   */
  private void compareTask(String row, String text, String run) {
    Decoding decoding = golden.decoding(run);
    Task task =
        new Task.Describe(
            new Prompt(
                text.replace(config.tokens().endText(), Tokenizer.END),
                List.of(new ClipInput(List.of(new byte[0]), new long[1]))),
            new DecodingOptions(
                decoding.maxTokens(),
                decoding.minTokens(),
                decoding.beams(),
                decoding.lengthPenalty(),
                decoding.noRepeatNgram()));
    float[] latents = golden.floats("latents");
    float[] example = Arrays.copyOf(latents, latents.length / 2);
    float[] live = Arrays.copyOfRange(latents, latents.length / 2, latents.length);
    try (Tokenizer tokenizer = model.tokenizer()) {
      PreparedTask asked =
          new TaskEncoder(config, tokenizer, DecodingMemory.most(1))
              .encode(task, examples -> List.of(example));
      Answer answer = asked.ask(sessions, List.of(live), 1).get(0).answers().get(0);
      golden.compareAnswer(row, run, answer, config.tokens().end());
    }
  }

  private void compareTokens(String text, int[] ids) {
    try (Tokenizer tokenizer = model.tokenizer()) {
      int[] encoded = tokenizer.encode(text);
      int begin = config.tokens().begin();
      if (begin >= 0) {
        int[] begun = new int[encoded.length + 1];
        begun[0] = begin;
        System.arraycopy(encoded, 0, begun, 1, encoded.length);
        encoded = begun;
      }
      assertThat(encoded).as(text).isEqualTo(ids);
    }
  }

  private void compareLogits(String prefix, int[] ids) {
    float[] expected = golden.floats(prefix + "logits");
    OnnxBackend graph = new OnnxBackend("logits");
    Flamingo flamingo = new Flamingo(config, new OnnxWeights(graph, model.weights()), graph);
    long[] media = latentShape();
    int length = ids.length;
    graph.output(
        "logits",
        flamingo.logits(
            graph.input(Graphs.LATENTS, DataType.FLOAT, media),
            graph.input(Graphs.PROMPT, DataType.INT, 1, length),
            graph.input(Graphs.TEXT_TIME, DataType.INT, 1, length)));
    try (GraphSession session =
        OnnxSession.open(
            new Graph("logits", "", graph.inputs(), graph.toByteArray(), 0),
            Device.cpu(),
            model.path(),
            true)) {
      List<Array> inputs = prompt(ids).subList(0, 3);
      Golden.assertClose(prefix + "logits", session.run(inputs).floats("logits"), expected);
    }
    var backend = eager.backend();
    float[] eagerly =
        eager.floats(
            flamingo()
                .logits(
                    backend.constant(golden.floats("latents"), media),
                    backend.constant(ids, 1, length),
                    backend.constant(textTime(ids), 1, length)));
    Golden.assertClose(prefix + "logits, eager", eagerly, expected);
  }

  private void compareLikelihoods(String prefix, int[] ids) {
    int count = golden.about().path("labels").size();
    int longest = 0;
    for (int i = 0; i < count; i++) {
      longest = Math.max(longest, golden.ints("labels." + i).length);
    }
    int[] labels = new int[count * longest];
    float[] mask = new float[labels.length];
    for (int i = 0; i < count; i++) {
      int[] label = golden.ints("labels." + i);
      System.arraycopy(label, 0, labels, i * longest, label.length);
      Arrays.fill(mask, i * longest, i * longest + label.length, 1);
    }
    List<Array> inputs = new ArrayList<>(prompt(ids));
    inputs.add(Array.of(Graphs.LABELS, labels, count, longest));
    inputs.add(Array.of(Graphs.LABEL_MASK, mask, count, longest));
    int media = (int) latentShape()[1];
    float[] scores =
        sessions.score(1, media, ids.length, count, longest).run(inputs).floats(Graphs.SCORES);
    Golden.assertClose(prefix + "likelihoods", scores, golden.floats(prefix + "likelihoods"));
  }

  private void compareRun(String row, String run, int[] ids) {
    int media = (int) latentShape()[1];
    Outputs text = sessions.describe(1, media, ids.length, golden.decoding(run)).run(prompt(ids));
    golden.compareRun(row, run, text, config.tokens().end());
  }

  private List<Array> prompt(int[] ids) {
    return List.of(
        Array.of(Graphs.LATENTS, golden.floats("latents"), latentShape()),
        Array.of(Graphs.PROMPT, ids, 1, ids.length),
        Array.of(Graphs.TEXT_TIME, textTime(ids), 1, ids.length),
        Array.of(Graphs.PROMPT_START, new int[1], 1, 1));
  }

  private int[] textTime(int[] ids) {
    int[] times = new int[ids.length];
    int media = 0;
    for (int i = 0; i < ids.length; i++) {
      media += config.tokens().isImage(ids[i]) ? 1 : 0;
      times[i] = media;
    }
    return times;
  }

  /** One text with all media. */
  private long[] latentShape() {
    long[] s = golden.shape("latents");
    return new long[] {1, s[0], s[1], s[2]};
  }

  private Flamingo flamingo() {
    Safetensors weights = model.weights();
    return new Flamingo(
        config,
        (name, shape) -> eager.backend().constant(weights.floats(name), shape),
        eager.backend());
  }

  private static float[] concat(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
