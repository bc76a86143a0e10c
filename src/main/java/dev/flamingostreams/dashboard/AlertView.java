package dev.flamingostreams.dashboard;

import java.util.List;

/**
 * An alert as the page gets it.
 *
 * @param matched terms of the caption
 * @param count clips that matched since the alert before
 * @param frameMicros capture times of the frames that are kept of its clip
 */
record AlertView(
    long id,
    String rule,
    String severity,
    CaptionView caption,
    List<String> matched,
    long count,
    List<Long> frameMicros) {
  static final int MOST_TERMS = 10;

  AlertView {
    matched = List.copyOf(matched);
    frameMicros = List.copyOf(frameMicros);
  }
}
