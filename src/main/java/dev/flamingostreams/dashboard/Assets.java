package dev.flamingostreams.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The files of the page, as they lie in the jar. */
final class Assets implements Page {
  /** What the pages of people who may not look consist of. */
  static final Map<String, String> PUBLIC = Map.of("/dashboard.css", "text/css; charset=utf-8");

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.of(
          "/index.html", Reply.HTML,
          "/dashboard.css", "text/css; charset=utf-8",
          "/dashboard.js", SCRIPT,
          "/page.js", SCRIPT,
          "/cameras.js", SCRIPT,
          "/captions.js", SCRIPT,
          "/alerts.js", SCRIPT,
          "/accounts.js", SCRIPT,
          "/announcer.js", SCRIPT,
          "/icon.svg", "image/svg+xml");

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String name = path.equals("/") ? "/index.html" : path;
    String type = TYPES.get(name);
    Reply reply =
        type == null
            ? Reply.text(404, "there is nothing at this address")
            : Reply.of(200, type, bytes(name.substring(1)));
    reply.send(exchange);
  }

  static byte[] bytes(String name) {
    try (InputStream in =
        Objects.requireNonNull(Assets.class.getResourceAsStream(name), "no resource " + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
