package dev.flamingostreams.frames;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file of many cameras: YAML with a list under {@code cameras}, and under {@code defaults} what
 * holds for all that do not say otherwise.
 *
 * <pre>{@code
 * defaults:
 *   rate: 10          # frames a second
 *   size: 320         # longer side in pixels
 *   quality: 0.85     # of the JPEGs
 *   realtime: false   # files as fast as they play
 *   live: false       # files again and again, as if they were cameras
 * cameras:
 *   - id: gate
 *     source: rtsp://user:password@10.0.0.7/stream1
 *   - id: street
 *     source: street.mp4
 *     start: 2026-11-23T08:00:00Z   # capture time of its first frame
 *     rate: 5
 * }</pre>
 */
public final class Cameras {
  private Cameras() {}

  /**
   * The cameras in their order.
   *
   * @throws IOException if the file cannot be read, or with file, line, key and fix if it is wrong
   */
  public static List<Camera> read(Path file) throws IOException {
    CamerasFile read = CamerasFile.parse(file);
    List<Camera> cameras = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (CameraEntry entry : read.cameras()) {
      Camera camera = entry.camera(read.defaults());
      if (!ids.add(camera.id())) {
        throw entry.wrong("id", "'%s' is given twice; give each its own".formatted(camera.id()));
      }
      cameras.add(camera);
    }
    return cameras;
  }
}
