package dev.flamingostreams.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.StoredTensor;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.CpuMemory;
import dev.flamingostreams.engine.ModelCheck;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is to say of a model directory; its components are the keys of {@code --json}.
 *
 * @param config as {@code config.json}
 * @param frame what a frame becomes
 * @param clips what the time embeddings mean for clips
 * @param parts weights by part and type
 * @param faults why the model cannot be run
 * @param surplus tensors that it does not ask for
 * @param tensors empty unless asked for
 */
record Inspection(
    String id,
    String directory,
    JsonNode config,
    String frame,
    String clips,
    List<Part> parts,
    CpuMemory cpuMemory,
    List<String> faults,
    List<String> surplus,
    List<Entry> tensors) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Weights of one part and type. */
  record Part(String part, StoredType type, long tensors, long weights, long bytes) {
    Part plus(Part other) {
      return new Part(
          part, type, tensors + other.tensors, weights + other.weights, bytes + other.bytes);
    }
  }

  /** One tensor. */
  record Entry(String name, StoredType type, List<Long> shape) {}

  static Inspection of(ModelDirectory directory, boolean tensors) {
    ModelCheck check = ModelCheck.of(directory);
    FlamingoConfig config = check.config();
    Safetensors weights = directory.weights();
    return new Inspection(
        config.id(),
        directory.path().toString(),
        JSON.valueToTree(config),
        "%d tokens of width %d".formatted(config.vision().tokens(), config.vision().width()),
        clips(config.resampler().timeEmbeddings()),
        parts(weights),
        CpuMemory.of(weights),
        check.faults(),
        check.surplus(),
        tensors ? entries(weights) : List.of());
  }

  static String clips(int timeEmbeddings) {
    if (timeEmbeddings == 0) {
      return "no time embeddings: a clip is a set of frames, their order is not seen";
    } else if (timeEmbeddings == 1) {
      return "one time embedding, the same for all frames: their order is not seen";
    }
    return "%d time embeddings, interpolated by capture time to clips of any length up to 30 frames%s"
        .formatted(
            timeEmbeddings,
            timeEmbeddings < 8
                ? "; no more than %d moments of a clip were learnt".formatted(timeEmbeddings)
                : "");
  }

  private static List<Part> parts(Safetensors weights) {
    Map<List<Object>, Part> parts = new LinkedHashMap<>();
    for (StoredTensor tensor : weights.tensors()) {
      String name = part(tensor.name());
      Part one = new Part(name, tensor.type(), 1, tensor.elements(), tensor.length());
      parts.merge(List.of(name, tensor.type()), one, Part::plus);
    }
    return new ArrayList<>(parts.values());
  }

  private static String part(String tensor) {
    if (tensor.contains(".cross_attention.")) {
      return "cross-attention";
    }
    String first = tensor.replaceFirst("\\..*", "");
    return List.of("vision", "resampler", "language").contains(first) ? first : "other";
  }

  private static List<Entry> entries(Safetensors weights) {
    return weights.tensors().stream()
        .map(tensor -> new Entry(tensor.name(), tensor.type(), tensor.shape()))
        .toList();
  }
}
