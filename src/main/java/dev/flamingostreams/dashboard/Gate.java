package dev.flamingostreams.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every request passes: the name by which the server is called, method, token, the headers
 * that bind the browser; then the page with the longest path that fits.
 */
final class Gate implements HttpHandler {
  /** Nothing but what this server sends; nothing inline. */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final String LOGIN = "/login";
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int MISDIRECTED = 421;

  private final Guard guard;
  private final boolean tls;
  private final Map<String, Page> pages = new ConcurrentHashMap<>();
  private final Answering answering = new Answering();

  Gate(Guard guard, boolean tls) {
    this.guard = guard;
    this.tls = tls;
    if (guard.wantsToken()) {
      pages.put(LOGIN, new Login(guard));
    }
  }

  void add(String path, Page page) {
    pages.put(path, page);
  }

  /** Ends answers that take longer. */
  void dropStuck(Duration patience) {
    answering.dropStuck(patience);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    bind(exchange.getResponseHeaders());
    try {
      answering.run(() -> page(exchange).serve(exchange));
    } catch (IOException e) {
      exchange.close(); // whoever asked has gone
    } catch (RuntimeException e) {
      exchange.close();
      throw e;
    }
  }

  private Page page(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (path == null) {
      return answer(Reply.text(400, "an address begins with /"));
    }
    if (!guard.knowsHost(exchange)) {
      return answer(Reply.text(MISDIRECTED, "call this server by localhost, 127.0.0.1 or [::1]"));
    }
    String method = exchange.getRequestMethod();
    boolean login = path.equals(LOGIN) && guard.wantsToken();
    if (!READING.contains(method) && !(login && method.equals("POST"))) {
      return answer(Reply.text(405, "this server is for reading").with("Allow", "GET, HEAD"));
    }
    if (!guard.admits(exchange) && !login && !isOpen(path)) {
      return answer(refusal(path));
    }
    return pages.entrySet().stream()
        .filter(entry -> path.startsWith(entry.getKey()))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(answer(Reply.text(404, "there is nothing at this address")));
  }

  private static boolean isOpen(String path) {
    return path.startsWith("/health/") || Assets.PUBLIC.containsKey(path);
  }

  private static Reply refusal(String path) {
    return path.equals("/")
        ? Reply.seeOther(LOGIN)
        : Reply.text(401, "show the token, as Authorization: Bearer TOKEN or at /login")
            .with("WWW-Authenticate", "Bearer");
  }

  private static Page answer(Reply reply) {
    return reply::send;
  }

  private void bind(Headers headers) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    if (tls) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
  }
}
