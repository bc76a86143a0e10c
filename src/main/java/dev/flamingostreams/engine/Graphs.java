package dev.flamingostreams.engine;

import static java.util.stream.Collectors.joining;

import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.onnx.OnnxWeights;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.Arrays;
import java.util.function.Function;

/** The graphs of a model, each for one set of shapes. */
final class Graphs {
  static final String VISION = "vision";
  static final String RESAMPLER = "resampler";
  static final String DESCRIBE = "describe";
  static final String SCORE = "score";

  static final String PIXELS = "pixels";
  static final String FEATURES = "features";
  static final String TIME_WEIGHTS = "time_weights";
  static final String FRAME_MASK = "frame_mask";
  static final String PLACE = "place";
  static final String LATENTS = "latents";
  static final String PROMPT = "prompt";
  static final String TEXT_TIME = "text_time";
  static final String PROMPT_START = "prompt_start";
  static final String LABELS = "labels";
  static final String LABEL_MASK = "label_mask";
  static final String TOKENS = "tokens";
  static final String LOG_PROBABILITIES = "log_probabilities";
  static final String SCORES = "scores";
  static final String LOGITS = "logits";

  private final FlamingoConfig config;
  private final Function<OnnxBackend, Weights> weights;

  Graphs(FlamingoConfig config, Safetensors weights) {
    this(config, graph -> new OnnxWeights(graph, weights));
  }

  /**
   * @param weights of a graph
   */
  Graphs(FlamingoConfig config, Function<OnnxBackend, Weights> weights) {
    this.config = config;
    this.weights = weights;
  }

  /** {@code pixels [N,3,H,W] -> features [N,S,D]}. */
  Graph vision(int frames) {
    OnnxBackend graph = new OnnxBackend(VISION);
    int side = config.vision().inputSize();
    Tensor pixels = graph.input(PIXELS, DataType.FLOAT, frames, 3, side, side);
    graph.output(FEATURES, flamingo(graph).vision(pixels));
    return finished(VISION, graph, frames);
  }

  /**
   * {@code features [B,T,S,D], time weights [B,T,E], frame mask [B,T], place [B] -> latents
   * [B,R,D]}. Time weights and place are inputs of models only that have such embeddings.
   */
  Graph resampler(int batch, int frames) {
    OnnxBackend graph = new OnnxBackend(RESAMPLER);
    int tokens = config.vision().tokens();
    int width = config.vision().width();
    int embeddings = config.resampler().timeEmbeddings();
    Tensor features = graph.input(FEATURES, DataType.FLOAT, batch, frames, tokens, width);
    Tensor mask = graph.input(FRAME_MASK, DataType.FLOAT, batch, frames);
    Tensor times =
        embeddings == 0
            ? mask
            : graph.input(TIME_WEIGHTS, DataType.FLOAT, batch, frames, embeddings);
    Tensor place =
        config.resampler().mediaEmbeddings() == 0 ? mask : graph.input(PLACE, DataType.INT, batch);
    graph.output(LATENTS, flamingo(graph).resample(features, times, mask, place));
    return finished(RESAMPLER, graph, batch, frames);
  }

  /**
   * {@code latents [B,M,R,D], prompt [B,L], text time [B,L], prompt start [B,1] -> tokens and
   * log-probabilities [B,N]}.
   */
  Graph describe(int batch, int media, int length, Decoding decoding) {
    OnnxBackend graph = new OnnxBackend(DESCRIBE);
    Tensor latents = latents(graph, batch, media);
    Flamingo.Text text = flamingo(graph).describe(latents, prompt(graph, batch, length), decoding);
    graph.output(TOKENS, text.tokens());
    graph.output(LOG_PROBABILITIES, text.logProbabilities());
    return finished(DESCRIBE, graph, batch, media, length, decoding.maxTokens());
  }

  /**
   * {@code latents [B,M,R,D], prompt [B,L], text time [B,L], prompt start [B,1], labels [C,N],
   * label mask [C,N] -> scores [B,C]}.
   */
  Graph score(int batch, int media, int length, int labels, int labelLength) {
    OnnxBackend graph = new OnnxBackend(SCORE);
    Tensor latents = latents(graph, batch, media);
    Flamingo.Prompt prompt = prompt(graph, batch, length);
    Tensor tokens = graph.input(LABELS, DataType.INT, labels, labelLength);
    Tensor mask = graph.input(LABEL_MASK, DataType.FLOAT, labels, labelLength);
    graph.output(SCORES, flamingo(graph).score(latents, prompt, tokens, mask));
    return finished(SCORE, graph, batch, media, length, labels, labelLength);
  }

  /**
   * {@code latents [B,M,R,D], prompt [B,L], text time [B,L] -> logits [B,L,V]}: to compare with.
   */
  Graph logits(int batch, int media, int length) {
    OnnxBackend graph = new OnnxBackend(LOGITS);
    Tensor latents = latents(graph, batch, media);
    Tensor tokens = graph.input(PROMPT, DataType.INT, batch, length);
    Tensor textTime = graph.input(TEXT_TIME, DataType.INT, batch, length);
    graph.output(LOGITS, flamingo(graph).logits(latents, tokens, textTime));
    return finished(LOGITS, graph, batch, media, length);
  }

  private static Graph finished(String name, OnnxBackend graph, int... sizes) {
    String shape = Arrays.stream(sizes).mapToObj(Integer::toString).collect(joining("x"));
    long bytes = graph.arrayElements() * Float.BYTES; // no type is longer
    return new Graph(name, shape, graph.inputs(), graph.toByteArray(), bytes);
  }

  private Tensor latents(OnnxBackend graph, int batch, int media) {
    int count = config.resampler().latents();
    return graph.input(LATENTS, DataType.FLOAT, batch, media, count, config.vision().width());
  }

  private static Flamingo.Prompt prompt(OnnxBackend graph, int batch, int length) {
    return new Flamingo.Prompt(
        graph.input(PROMPT, DataType.INT, batch, length),
        graph.input(TEXT_TIME, DataType.INT, batch, length),
        graph.input(PROMPT_START, DataType.INT, batch, 1));
  }

  private Flamingo flamingo(OnnxBackend graph) {
    return new Flamingo(config, weights.apply(graph), graph);
  }
}
