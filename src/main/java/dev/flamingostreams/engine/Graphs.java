package dev.flamingostreams.engine;

import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.flamingo.Flamingo;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.onnx.OnnxBackend;
import dev.flamingostreams.onnx.OnnxWeights;
import dev.flamingostreams.tensor.DataType;
import dev.flamingostreams.tensor.Tensor;

/** The three graphs of a model, each for one set of shapes. */
final class Graphs {
  static final String PIXELS = "pixels";
  static final String FEATURES = "features";
  static final String TIME_WEIGHTS = "time_weights";
  static final String FRAME_MASK = "frame_mask";
  static final String LATENTS = "latents";
  static final String PROMPT = "prompt";
  static final String TEXT_TIME = "text_time";
  static final String TOKENS = "tokens";
  static final String LOG_PROBABILITIES = "log_probabilities";

  private final FlamingoConfig config;
  private final Safetensors weights;

  Graphs(FlamingoConfig config, Safetensors weights) {
    this.config = config;
    this.weights = weights;
  }

  /** {@code pixels [N,3,H,W] -> features [N,S,D]}. */
  byte[] vision(int frames) {
    OnnxBackend graph = new OnnxBackend("vision");
    int side = config.vision().inputSize();
    Tensor pixels = graph.input(PIXELS, DataType.FLOAT, frames, 3, side, side);
    graph.output(FEATURES, flamingo(graph).vision(pixels));
    return graph.toByteArray();
  }

  /** {@code features [B,T,S,D], time weights [B,T,8], frame mask [B,T] -> latents [B,R,D]}. */
  byte[] resampler(int batch, int frames) {
    OnnxBackend graph = new OnnxBackend("resampler");
    int tokens = config.vision().tokens();
    int width = config.vision().width();
    int embeddings = config.resampler().timeEmbeddings();
    Tensor features = graph.input(FEATURES, DataType.FLOAT, batch, frames, tokens, width);
    Tensor times = graph.input(TIME_WEIGHTS, DataType.FLOAT, batch, frames, embeddings);
    Tensor mask = graph.input(FRAME_MASK, DataType.FLOAT, batch, frames);
    graph.output(LATENTS, flamingo(graph).resample(features, times, mask));
    return graph.toByteArray();
  }

  /** {@code latents [B,M,R,D], prompt [B,L], text time [B,L] -> tokens and log-probs [B,N]}. */
  byte[] describe(int batch, int media, int length) {
    OnnxBackend graph = new OnnxBackend("describe");
    int latentCount = config.resampler().latents();
    int width = config.vision().width();
    Tensor latents = graph.input(LATENTS, DataType.FLOAT, batch, media, latentCount, width);
    Tensor prompt = graph.input(PROMPT, DataType.INT, batch, length);
    Tensor textTime = graph.input(TEXT_TIME, DataType.INT, batch, length);
    Flamingo.Text text = flamingo(graph).describe(latents, prompt, textTime);
    graph.output(TOKENS, text.tokens());
    graph.output(LOG_PROBABILITIES, text.logProbabilities());
    return graph.toByteArray();
  }

  private Flamingo flamingo(OnnxBackend graph) {
    return new Flamingo(config, new OnnxWeights(graph, weights), graph);
  }
}
