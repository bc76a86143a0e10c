package dev.flamingostreams.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.flamingostreams.schema.Caption;
import org.jspecify.annotations.Nullable;

/**
 * A caption as the page gets it.
 *
 * @param id in the order of arrival
 * @param camera id of its {@link CameraView}
 * @param source names of the topologies that write to its topic
 * @param text bounded
 * @param confidence e to the mean log-probability: of an average token, 0 to 1
 * @param frames that the model saw
 * @param unchanged whether it was said of an earlier clip that this one looks like
 * @param lagSeconds from the arrival of the clip's last frame until the caption's, if known
 */
record CaptionView(
    long id,
    int camera,
    String source,
    long startMicros,
    long endMicros,
    String text,
    double confidence,
    boolean unsure,
    int frames,
    boolean unchanged,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double lagSeconds) {
  static final int MOST_TEXT = 2_000;

  static CaptionView of(
      long id, int camera, String source, Caption caption, @Nullable Double lagSeconds) {
    return new CaptionView(
        id,
        camera,
        source,
        caption.startMicros(),
        caption.endMicros(),
        Shown.text(caption.text(), MOST_TEXT),
        confidence(caption.meanLogProbability()),
        caption.unsure(),
        caption.frameCount(),
        caption.unchangedSince() != null,
        lagSeconds);
  }

  private static double confidence(double meanLogProbability) {
    double probability = Math.exp(meanLogProbability);
    return Double.isFinite(probability) ? Math.max(0, Math.min(1, probability)) : 0;
  }
}
