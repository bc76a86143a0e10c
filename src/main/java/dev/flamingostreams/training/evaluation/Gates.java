package dev.flamingostreams.training.evaluation;

import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.StoredTensor;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Where the tanh gates of cross-attention ended; they start at 0. */
final class Gates {
  private static final String ATTENTION = ".attention_gate";
  private static final String FEED_FORWARD = ".feed_forward_gate";

  private Gates() {}

  static String table(Safetensors weights) {
    Table table = new Table("cross-attention", "gate of attention", "gate of feed-forward");
    for (String block : blocks(weights)) {
      table.row(
          "`" + block + "`", gate(weights, block + ATTENTION), gate(weights, block + FEED_FORWARD));
    }
    return table.text();
  }

  private static List<String> blocks(Safetensors weights) {
    return weights.tensors().stream()
        .map(StoredTensor::name)
        .filter(name -> name.endsWith(ATTENTION))
        .map(name -> name.substring(0, name.length() - ATTENTION.length()))
        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static String gate(Safetensors weights, String name) {
    return String.format(Locale.ROOT, "%.3f", Math.tanh(weights.floats(name)[0]));
  }
}
