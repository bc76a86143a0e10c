package dev.flamingostreams.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page has not seen yet.
 *
 * @param whole whether it replaces what the page has
 * @param cursor what the page has seen with it
 * @param hidden cameras beyond the most that are shown
 * @param topologies names, with {@code whole}
 */
record Update(
    boolean whole,
    Cursor cursor,
    List<CameraView> cameras,
    List<CaptionView> captions,
    List<AlertView> alerts,
    long hidden,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> topologies) {

  /**
   * How far a page has seen.
   *
   * @param board which board; another process has another
   * @param version of its cameras
   */
  record Cursor(String board, long captions, long alerts, long version) {
    static final Cursor NONE = new Cursor("", 0, 0, 0);

    /** As id of a server-sent event; cameras are sent anew to a page that comes back. */
    String id() {
      return board + "." + captions + "." + alerts;
    }

    static Cursor parse(@Nullable String id) {
      String[] parts = id == null ? new String[0] : id.split("\\.", 4);
      try {
        return parts.length == 3
            ? new Cursor(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), 0)
            : NONE;
      } catch (NumberFormatException e) {
        return NONE; // nothing that this has sent
      }
    }
  }

  Update {
    cameras = List.copyOf(cameras);
    captions = List.copyOf(captions);
    alerts = List.copyOf(alerts);
  }

  boolean isEmpty() {
    return !whole && cameras.isEmpty() && captions.isEmpty() && alerts.isEmpty();
  }
}
