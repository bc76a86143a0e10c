package dev.flamingostreams.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole answer to a request. */
record Reply(int status, String type, byte[] body, Map<String, String> headers) {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json; charset=utf-8";

  private static final String NO_STORE = "no-store";

  Reply {
    headers = Map.copyOf(headers);
  }

  static Reply of(int status, String type, byte[] body) {
    return new Reply(status, type, body, Map.of("Cache-Control", NO_STORE));
  }

  static Reply text(int status, String line) {
    return of(status, TEXT, (line + "\n").getBytes(UTF_8));
  }

  static Reply json(int status, String json) {
    return of(status, JSON, json.getBytes(UTF_8));
  }

  static Reply seeOther(String location) {
    return text(303, "see " + location).with("Location", location);
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, type, body, more);
  }

  void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    headers.forEach(exchange.getResponseHeaders()::set);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head || body.length == 0) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
