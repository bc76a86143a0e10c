package dev.flamingostreams.audit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a clip's id, {@code stream@start.run.rules}; aligned to the epoch it has no run.
 *
 * @param start of its window in microseconds
 */
record ClipId(String stream, long start, String rules) {
  private static final Pattern PARTS =
      Pattern.compile("(.*)@(-?\\d{1,19})(?:\\.\\d{1,19})?\\.([0-9a-f]{8})", Pattern.DOTALL);

  static Optional<ClipId> parse(String id) {
    Matcher parts = PARTS.matcher(id);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ClipId(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** What an id is known by where it is not known how many runs a stream had before. */
  String withoutRun() {
    return stream + "@" + start + "." + rules;
  }
}
