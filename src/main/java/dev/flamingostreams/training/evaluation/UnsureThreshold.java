package dev.flamingostreams.training.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.WholeFile;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.flamingo.FlamingoConfig;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** From which mean log-probability down a model's captions are marked unsure. */
public final class UnsureThreshold {
  private static final String KEY = "unsureBelow";

  private UnsureThreshold() {}

  /**
   * As high as marks no more than a share of the captions; {@link FlamingoConfig#NEVER_UNSURE} if
   * more than that are marked for their text.
   */
  static double of(Outcomes known, double mostMarked, Collection<String> unknownTexts) {
    List<Description> described =
        known.stream().map(Outcome::description).filter(Objects::nonNull).toList();
    if (described.isEmpty()) {
      throw new ModelException("no scene was described, so nothing can be calibrated");
    }
    double[] others =
        described.stream()
            .filter(description -> !unknownTexts.contains(description.text()))
            .mapToDouble(Description::meanLogProbability)
            .sorted()
            .toArray();
    int byText = described.size() - others.length;
    int more = (int) (mostMarked * described.size()) - byText;
    return more < 0 || others.length == 0
        ? FlamingoConfig.NEVER_UNSURE
        : roundedDown(others[Math.min(more, others.length - 1)]);
  }

  /** To five digits; up would mark one caption more. */
  private static double roundedDown(double value) {
    return Math.floor(value * 1e5) / 1e5;
  }

  /** Writes the threshold into the model's config, which keeps its other keys. */
  public static void write(ModelDirectory model, double unsureBelow) throws IOException {
    ObjectNode config = model.config().deepCopy();
    config.put(KEY, unsureBelow);
    WholeFile.write(
        model.path().resolve(ModelDirectory.CONFIG),
        new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n");
  }
}
