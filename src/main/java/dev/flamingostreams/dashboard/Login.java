package dev.flamingostreams.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;

/**
 * Takes the token from a form and gives a cookie for it. The token travels in the body only: not in
 * an address, which browsers and proxies remember.
 */
final class Login implements Page {
  private static final int MOST_BYTES = 4_096;
  private static final String FIELD = "token=";

  private final Guard guard;
  private final byte[] form;
  private final byte[] refusal;

  Login(Guard guard) {
    this.guard = guard;
    String page = new String(Assets.bytes("login.html"), UTF_8);
    form = page.replace("{message}", "").getBytes(UTF_8);
    refusal = page.replace("{message}", "That is not the token.").getBytes(UTF_8);
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      Reply.of(200, Reply.HTML, form).send(exchange);
      return;
    }
    String cookie = guard.admit(exchange, token(exchange));
    if (cookie == null) {
      Reply.of(401, Reply.HTML, refusal).send(exchange);
    } else {
      Reply.seeOther("/").with("Set-Cookie", cookie).send(exchange);
    }
  }

  private static String token(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readNBytes(MOST_BYTES), UTF_8);
    if (!body.startsWith(FIELD)) {
      return "";
    }
    try {
      return URLDecoder.decode(body.substring(FIELD.length()), UTF_8).strip();
    } catch (IllegalArgumentException e) {
      return ""; // not what the form sends
    }
  }
}
