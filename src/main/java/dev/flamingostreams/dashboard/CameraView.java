package dev.flamingostreams.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A camera as the page gets it.
 *
 * @param frameMicros capture time of the latest frame, if any is known
 * @param quietSeconds since a record of it was read
 * @param lagSeconds of its last captions, the newest last
 */
record CameraView(
    int id,
    String name,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long frameMicros,
    boolean ended,
    long quietSeconds,
    long frames,
    long captions,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CaptionView caption,
    List<Double> lagSeconds) {
  CameraView {
    lagSeconds = List.copyOf(lagSeconds);
  }
}
