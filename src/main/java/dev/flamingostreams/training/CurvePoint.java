package dev.flamingostreams.training;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A point of a stage's curve.
 *
 * @param loss smoothed over the last steps; null if it was no number
 * @param gradientNorm of this step, before clipping; null if it was no number
 * @param examplesPerSecond over the last steps
 * @param seconds spent on the stage so far
 * @param skipped steps of the stage so far that moved nothing
 * @param gates of the cross-attention; null in stages that do not train it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record CurvePoint(
    String stage,
    int step,
    @Nullable Double loss,
    double learningRate,
    @Nullable Double gradientNorm,
    @Nullable Double examplesPerSecond,
    @Nullable Double seconds,
    @Nullable Integer skipped,
    @Nullable List<Gate> gates) {

  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
