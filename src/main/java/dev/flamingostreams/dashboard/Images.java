package dev.flamingostreams.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Frames: {@code /images/camera/ID}, the latest of a camera, and {@code /images/alert/ID/INDEX}.
 * Only what begins as a JPEG or PNG is served, as that.
 */
final class Images implements Page {
  private static final Pattern CAMERA = Pattern.compile("/images/camera/(\\d{1,9})");
  private static final Pattern ALERT = Pattern.compile("/images/alert/(\\d{1,18})/(\\d)");

  private final Board board;

  Images(Board board) {
    this.board = board;
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    byte[] image = find(exchange.getRequestURI().getPath());
    String type = image == null ? null : type(image);
    Reply reply =
        image == null || type == null
            ? Reply.text(404, "there is no such frame any more")
            : Reply.of(200, type, image);
    reply.send(exchange);
  }

  private byte @Nullable [] find(String path) {
    Matcher camera = CAMERA.matcher(path);
    if (camera.matches()) {
      return board.latest(Integer.parseInt(camera.group(1)));
    }
    Matcher alert = ALERT.matcher(path);
    return alert.matches()
        ? board.ofAlert(Long.parseLong(alert.group(1)), Integer.parseInt(alert.group(2)))
        : null;
  }

  private static @Nullable String type(byte[] image) {
    if (image.length > 3 && (image[0] & 0xFF) == 0xFF && (image[1] & 0xFF) == 0xD8) {
      return "image/jpeg";
    }
    boolean png = image.length > 8 && (image[0] & 0xFF) == 0x89 && image[1] == 'P';
    return png ? "image/png" : null;
  }
}
