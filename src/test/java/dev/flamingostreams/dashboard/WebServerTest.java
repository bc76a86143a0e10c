package dev.flamingostreams.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebServerTest {
  private static final String TOKEN = "0123456789abcdef";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Board board = new Board(List.of("town"), 1 << 20, Clock.systemUTC());
  private final Health health = new Health();
  private final Metrics metrics = new Metrics(Clock.systemUTC());
  private WebServer server;

  @BeforeEach
  void open() throws Exception {
    server = serve(null);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    metrics.close();
  }

  @Test
  void thePageAndItsPartsAreServedWithAStrictPolicy() throws Exception {
    for (String path : List.of("", "dashboard.css", "dashboard.js", "icon.svg")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }
    assertThat(get("no-such-page").statusCode()).isEqualTo(404);
    assertThat(get("../../etc/passwd").statusCode()).isEqualTo(404);
  }

  @Test
  void healthSaysWhatIsWrong() throws Exception {
    health.live(Health.Check.of("topology a", Optional::empty));
    health.ready(Health.Check.of("broker", () -> Optional.of("no broker answers")));

    assertThat(get("health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = get("health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body())
        .contains("\"status\":\"not ready\"", "\"name\":\"broker\"", "no broker answers");
  }

  @Test
  void aStrangersNameForThisMachineIsRefused() throws Exception {

    assertThat(statusWithHost("evil.example")).isEqualTo("421");
    assertThat(statusWithHost("localhost:9999")).isEqualTo("200");
    assertThat(statusWithHost("[::1]:80")).isEqualTo("200");
    assertThat(statusWithHost("localhost.evil.example")).isEqualTo("421");
  }

  @Test
  void theNameThatItWasStartedByIsItsOwn() throws Exception {
    server.close();
    InetAddress desk = InetAddress.getByAddress("desk.example", new byte[] {127, 0, 0, 1});
    server = serve(desk, null);

    assertThat(server.address()).startsWith("http://desk.example:");
    assertThat(statusWithHost("desk.example:80")).isEqualTo("200");
    assertThat(statusWithHost("evil.example")).isEqualTo("421");
  }

  @Test
  void nothingCanBeWritten() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(uri("")).POST(HttpRequest.BodyPublishers.ofString("x")).build();

    assertThat(client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void withATokenNothingButTheStateOfHealthIsToldToStrangers() throws Exception {
    health.ready(Health.Check.of("broker", () -> Optional.of("secret address")));
    restart(TOKEN);

    assertThat(get("metrics").statusCode()).isEqualTo(401);
    assertThat(get("live").statusCode()).isEqualTo(401);
    assertThat(get("images/camera/1").statusCode()).isEqualTo(401);
    assertThat(get("").headers().firstValue("Location")).hasValue("/login");
    assertThat(get("health/ready").statusCode()).isEqualTo(503);
    assertThat(get("health/ready").body()).doesNotContain("secret");
    assertThat(get("metrics", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(get("metrics?token=" + TOKEN).statusCode()).isEqualTo(401);
    assertThat(get("metrics", "Cookie", Guard.COOKIE + "=made-up").statusCode()).isEqualTo(401);
    assertThat(get("metrics", "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
  }

  @Test
  void theTokenIsExchangedForACookie() throws Exception {
    restart(TOKEN);
    assertThat(login("wrong").statusCode()).isEqualTo(401);
    HttpResponse<String> in = login(TOKEN);
    assertThat(in.statusCode()).isEqualTo(303);
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();

    assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
    assertThat(get("metrics", "Cookie", cookie.split(";", 2)[0]).statusCode()).isEqualTo(200);
  }

  @Test
  void framesAreServedAsImagesOrNotAtAll() throws Exception {
    board.frames("a", batch(Town.picture(0, 0)), 0);
    board.frames("b", batch("<html>".getBytes(StandardCharsets.UTF_8)), 0);

    assertThat(get("images/camera/1").headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(get("images/camera/2").statusCode()).isEqualTo(404);
    assertThat(get("images/camera/99999999999").statusCode()).isEqualTo(404);
    assertThat(get("images/alert/1/0").statusCode()).isEqualTo(404);
  }

  @Test
  void eventsTellWhatIsThereAndThenWhatComes() throws Exception {
    board.caption("town", Town.caption("gate-1", 0, "first", 0), 0);
    HttpResponse<java.io.InputStream> live =
        client.send(
            HttpRequest.newBuilder(uri("live")).build(), HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(live.body(), StandardCharsets.UTF_8))) {
      assertThat(until(lines, "\"first\"")).contains("\"whole\":true");
      board.caption("town", Town.caption("gate-1", 1, "second", 0), 0);
      assertThat(until(lines, "\"second\""))
          .contains("\"whole\":false")
          .doesNotContain("\"first\"");
    }
  }

  @Test
  void morePagesThanAreTakenAreSentAway() throws Exception {
    for (int i = 0; i < LivePage.MOST_PAGES; i++) {
      client.send(
          HttpRequest.newBuilder(uri("live")).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    assertThat(get("live").statusCode()).isEqualTo(503);
    assertThat(get("").statusCode()).isEqualTo(200);
  }

  @Test
  void aPortThatIsTakenIsOneLine() throws Exception {
    WebOptions same =
        new WebOptions(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), uri("").getPort()), null, null);

    assertThatThrownBy(() -> WebServer.open(same))
        .isInstanceOf(BindException.class)
        .hasMessageContaining(":" + uri("").getPort());
  }

  @Test
  void beyondLoopbackATokenIsNeededAndAShortOneRefused() throws Exception {
    InetSocketAddress everywhere = new InetSocketAddress(0);

    assertThatThrownBy(() -> new WebOptions(everywhere, null, null)).hasMessageContaining("token");
    assertThatThrownBy(() -> new WebOptions(everywhere, "secret", null))
        .hasMessageContaining("6 characters")
        .hasMessageNotContaining("secret");
    assertThat(new WebOptions(everywhere, TOKEN, null).toString()).doesNotContain(TOKEN);
  }

  private void restart(String token) throws Exception {
    server.close();
    server = serve(token);
  }

  private WebServer serve(@Nullable String token) throws Exception {
    return serve(InetAddress.getLoopbackAddress(), token);
  }

  private WebServer serve(InetAddress at, @Nullable String token) throws Exception {
    return WebServer.open(new WebOptions(new InetSocketAddress(at, 0), token, null))
        .with(health)
        .with(metrics)
        .with(board, new Accounts(Map.of()), health);
  }

  private URI uri(String path) {
    return URI.create(server.address() + path);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> login(String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("login"))
            .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** As the client refuses to, by hand. */
  private String statusWithHost(String host) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri("").getPort());
        OutputStream out = socket.getOutputStream()) {
      out.write(
          "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
              .formatted(host)
              .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(9, 12);
    }
  }

  private static String until(BufferedReader lines, String wanted) throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(wanted)) {
        return line;
      }
    }
    throw new AssertionError("the stream has ended");
  }

  private static FrameBatch batch(byte[] image) {
    return FrameBatch.of(List.of(new Frame(1, image)));
  }
}
