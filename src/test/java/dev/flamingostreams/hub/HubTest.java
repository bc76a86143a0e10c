package dev.flamingostreams.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubTest {
  private static final Repository REPOSITORY = new Repository("owner/name", "main");
  private static final String CONTENT = "/owner/name/resolve/main/";
  private static final String WEIGHTS = "model.safetensors";

  private final byte[] weights = new byte[300_000];
  private final List<Duration> slept = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private LoopbackHub hub;

  @TempDir Path directory;

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(weights);
    hub = new LoopbackHub();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void whatAnImportNeedsIsFetchedAndNothingElse() throws Exception {
    hub.small("config.json", "{}")
        .small("modeling.py", "import os")
        .small("README.md", "read me")
        .large("pytorch_model.bin", new byte[3])
        .large(WEIGHTS, weights)
        .entry("{\"type\": \"directory\", \"path\": \"onnx\", \"size\": 0, \"oid\": \"\"}");

    Map<Hub.Part, List<Path>> pulled = pull();

    assertThat(pulled.values()).containsExactly(List.of(directory.resolve(WEIGHTS)));
    assertThat(directory.resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(directory.resolve("config.json")).hasContent("{}");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("config.json", WEIGHTS);
  }

  @Test
  void whatIsHereAlreadyIsCheckedAndNotFetched() throws Exception {
    hub.large(WEIGHTS, weights);
    pull();
    pull();
    assertThat(contentRequests()).hasSize(1);
    assertThat(told).contains("finished " + WEIGHTS + " already");
  }

  @Test
  void aFileThatIsHereButChangedIsFetchedAnew() throws Exception {
    hub.large(WEIGHTS, weights);
    Files.write(directory.resolve(WEIGHTS), new byte[weights.length]);
    pull();
    assertThat(directory.resolve(WEIGHTS)).hasBinaryContent(weights);
  }

  @Test
  void anInterruptedPullGoesOnWhereItStopped() throws Exception {
    hub.large(WEIGHTS, weights);
    Files.write(part(), Arrays.copyOf(weights, 100_000));
    pull();
    assertThat(directory.resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(contentRequests()).singleElement().asString().contains("bytes=100000-");
    assertThat(told).contains("reached 100000");
    assertThat(part()).doesNotExist();
  }

  @Test
  void aServerThatKnowsNoRangesSendsEverythingAnew() throws Exception {
    hub.large(WEIGHTS, weights).behaves(onContent(ex -> LoopbackHub.send(ex, 200, weights)));
    Files.write(part(), new byte[100_000]);
    pull();
    assertThat(directory.resolve(WEIGHTS)).hasBinaryContent(weights);
  }

  @Test
  void aTruncatedBodyIsGoneOnWith() throws Exception {
    hub.large(WEIGHTS, weights).behaves(once(CONTENT, HubTest::truncated));
    pull();
    assertThat(directory.resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(slept).containsExactly(Duration.ofSeconds(1));
    assertThat(contentRequests()).hasSize(2).last().asString().contains("bytes=1000-");
  }

  @Test
  void aBodyThatStallsIsGivenUpAndGoneOnWith() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    hub.large(WEIGHTS, weights)
        .behaves(
            once(
                CONTENT,
                ex -> {
                  ex.sendResponseHeaders(200, weights.length);
                  ex.getResponseBody().write(weights, 0, 1000);
                  ex.getResponseBody().flush();
                  await(never);
                }));
    pull(null, Duration.ofMillis(300));
    never.countDown();
    assertThat(directory.resolve(WEIGHTS)).hasBinaryContent(weights);
    assertThat(told).anyMatch(line -> line.contains("nothing came for"));
  }

  @Test
  void whatKeepsBreakingEndsAndKeepsThePart() throws Exception {
    hub.large(WEIGHTS, weights).behaves(onContent(HubTest::truncated));
    assertThatThrownBy(() -> pull()).hasMessageContaining(WEIGHTS).hasMessageContaining("lost");
    assertThat(slept).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
    assertThat(part()).exists();
  }

  @Test
  void aBusyHubIsAskedAgainAfterTheTimeThatItNames() throws Exception {
    hub.large(WEIGHTS, weights)
        .behaves(
            once(
                "/api/",
                ex -> {
                  ex.getResponseHeaders().set("Retry-After", "7");
                  LoopbackHub.send(ex, 429, new byte[0]);
                }));
    pull();
    assertThat(directory.resolve(WEIGHTS)).exists();
    assertThat(slept).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void theTokenGoesToTheHubAndNotToWhereItRedirects() throws Exception {
    hub.large(WEIGHTS, weights)
        .behaves(
            once(
                CONTENT,
                ex -> {
                  ex.getResponseHeaders()
                      .set("Location", hub.otherHost() + ex.getRequestURI().getRawPath());
                  LoopbackHub.send(ex, 302, new byte[0]);
                }));
    pull("hf_secret", Duration.ofSeconds(60));
    assertThat(hub.requests())
        .containsExactly(
            "127.0.0.1 /api/models/owner/name/tree/main null Bearer hf_secret",
            "127.0.0.1 " + CONTENT + WEIGHTS + " null Bearer hf_secret",
            "localhost " + CONTENT + WEIGHTS + " null null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "http://", "ftp://a/b", "http://[bad"})
  void aRedirectToNowhereIsNotFollowed(String target) throws Exception {
    hub.large(WEIGHTS, weights)
        .behaves(
            onContent(
                ex -> {
                  ex.getResponseHeaders().set("Location", target);
                  LoopbackHub.send(ex, 302, new byte[0]);
                }));
    assertThatThrownBy(() -> pull()).hasMessageContaining("redirects");
  }

  @Test
  void whatAServerSaysDoesNotReachTheTerminalAsItIs() throws Exception {
    hub.large(WEIGHTS, weights)
        .behaves(
            onContent(
                ex -> {
                  ex.getResponseHeaders().set("Location", "\u001b[2Jgone");
                  LoopbackHub.send(ex, 302, new byte[0]);
                }));
    assertThatThrownBy(() -> pull()).hasMessageNotContaining("\u001b");
  }

  @Test
  void aCircleOfRedirectsEnds() throws Exception {
    hub.behaves(
        ex -> {
          ex.getResponseHeaders().set("Location", "/again");
          LoopbackHub.send(ex, 307, new byte[0]);
          return true;
        });
    assertThatThrownBy(() -> pull()).hasMessageContaining("more than 5 times");
  }

  @Test
  void aWrongHashDeletesWhatCame() throws Exception {
    hub.lists(WEIGHTS, weights, weights.length, "ab".repeat(32));
    assertThatThrownBy(() -> pull()).hasMessageContaining(WEIGHTS).hasMessageContaining("hash");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aWrongHashOfASmallFileDeletesWhatCame() throws Exception {
    hub.large(WEIGHTS, weights).small("config.json", "{}").behaves(onConfig("[]"));
    assertThatThrownBy(() -> pull())
        .hasMessageContaining("config.json")
        .hasMessageContaining("hash");
    assertThat(directory.resolve("config.json.part")).doesNotExist();
  }

  @Test
  void moreBytesThanAnnouncedAreRefused() throws Exception {
    hub.lists(WEIGHTS, weights, 1000, "ab".repeat(32));
    assertThatThrownBy(() -> pull()).hasMessageContaining("more bytes came than the 1,000");
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.safetensors",
        "a/../../evil.safetensors",
        "/etc/evil.safetensors",
        "a//b.safetensors",
        "..\\\\evil.safetensors",
        "C:evil.safetensors",
        "evil\\u0007.safetensors",
        "evil\\u202e.safetensors",
        "./x",
        ""
      })
  void aListingThatNamesAnotherPlaceIsRefused(String path) throws Exception {
    hub.large(WEIGHTS, weights).lists(path, weights, 1, "ab".repeat(32));
    assertThatThrownBy(() -> pull())
        .isInstanceOf(HubException.class)
        .hasMessageContaining("no plain relative path")
        .hasMessageNotContainingAny("\u0007", "\u202e");
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"file\", \"path\": \"a\", \"size\": -1, \"oid\": \"00\"}",
        "{\"type\": \"file\", \"path\": \"a\", \"size\": 1e30, \"oid\": \"00\"}",
        "{\"type\": \"file\", \"path\": \"a\", \"size\": 9007199254740993, \"oid\": \"00\"}",
        "{\"type\": \"file\", \"path\": \"a\", \"oid\": \"00\"}",
        "{\"type\": \"file\", \"path\": \"a\", \"size\": 1, \"oid\": \"00\"}",
        "{\"type\": \"file\", \"path\": \"a\", \"size\": 1, \"oid\": \"00\", \"lfs\": {\"size\": 1}}",
        "{"
      })
  void aListingThatCannotBeIsRefused(String entry) throws Exception {
    hub.entry(entry);
    assertThatThrownBy(() -> pull()).hasMessageContaining("the listing of owner/name");
  }

  @Test
  void aListingWithoutEndIsRefused() throws Exception {
    hub.behaves(
        ex -> {
          LoopbackHub.send(ex, 200, new byte[(16 << 20) + 1]);
          return true;
        });
    assertThatThrownBy(() -> pull()).hasMessageContaining("larger than 16 MB");
  }

  @Test
  void aListingGoesOnOnItsNextPage() throws Exception {
    hub.large(WEIGHTS, weights)
        .behaves(
            once(
                "/api/",
                ex -> {
                  ex.getResponseHeaders()
                      .set("Link", "<" + hub.address() + "/api/models/x?cursor=1>; rel=\"next\"");
                  LoopbackHub.send(ex, 200, "[]".getBytes(UTF_8));
                }));
    pull();
    assertThat(directory.resolve(WEIGHTS)).hasBinaryContent(weights);
  }

  @Test
  void aListingThatGoesOnElsewhereIsRefused() throws Exception {
    hub.behaves(
        ex -> {
          ex.getResponseHeaders().set("Link", "<" + hub.otherHost() + "/x>; rel=\"next\"");
          LoopbackHub.send(ex, 200, "[]".getBytes(UTF_8));
          return true;
        });
    assertThatThrownBy(() -> pull()).hasMessageContaining("is not the hub");
  }

  @Test
  void nothingIsFetchedWithoutRoomForAll() throws Exception {
    for (int shard = 0; shard < 10_000; shard++) { // of 1 TB each: no disk is that large
      String name = "model-%05d-of-10000.safetensors".formatted(shard);
      hub.lists(name, new byte[0], 1L << 40, "ab".repeat(32));
    }
    assertThatThrownBy(() -> pull())
        .hasMessageContaining("10,485,760,000 MB are to come")
        .hasMessageContaining("make room");
    assertThat(contentRequests()).isEmpty();
  }

  @Test
  void aRepositoryThatIsNotThereOrHiddenIsCheckedByItsNameFirst() throws Exception {
    refuses(401);
    assertThatThrownBy(() -> pull())
        .hasMessage(
            "127.0.0.1 has no owner/name, or it is private or gated (401): check the name, else"
                + " accept the licence on %s/owner/name and set HF_TOKEN",
            hub.address());
    assertThatThrownBy(() -> pull("hf_secret", Duration.ofSeconds(60)))
        .hasMessageContaining("check the name, else accept the licence")
        .hasMessageEndingWith("and check the token in HF_TOKEN, which may not be valid")
        .hasMessageNotContaining("secret");
    assertThat(slept).isEmpty();
  }

  @Test
  void aGatedModelWantsItsLicenceAccepted() throws Exception {
    refuses(403);
    assertThatThrownBy(() -> pull())
        .hasMessageContaining("accept the licence on " + hub.address() + "/owner/name")
        .hasMessageContaining("set HF_TOKEN");
    assertThatThrownBy(() -> pull("hf_secret", Duration.ofSeconds(60)))
        .hasMessageContaining("the token in HF_TOKEN")
        .hasMessageNotContaining("secret");
    assertThat(slept).isEmpty();
  }

  @Test
  void aRepositoryThatIsNotThereIsNamed() throws Exception {
    refuses(404);
    assertThatThrownBy(() -> pull()).hasMessageContaining("has no owner/name");
  }

  @Test
  void aRepositoryWithoutWeightsIsNamed() throws Exception {
    hub.small("config.json", "{}");
    assertThatThrownBy(() -> pull()).hasMessageContaining("owner/name holds no weights");
  }

  @Test
  void withoutANetworkTheHostIsNamedAtOnce() throws Exception {
    String address;
    try (ServerSocket free = new ServerSocket(0)) {
      address = "http://127.0.0.1:" + free.getLocalPort();
    }
    assertThatThrownBy(() -> pull(address, null, Duration.ofSeconds(60)))
        .hasMessageContaining("cannot reach 127.0.0.1: the connection is refused")
        .hasMessageContaining("FLAMINGO_OPTS: -Dhttps.proxyHost=NAME -Dhttps.proxyPort=NUMBER;")
        .hasMessageContaining("by other means");
    assertThat(slept).isEmpty();
  }

  @Test
  void aTokenThatIsNoneIsNotShown() {
    assertThatThrownBy(() -> pull("hf_sec\nret", Duration.ofSeconds(60)))
        .hasMessageContaining("HF_TOKEN is not a token")
        .hasMessageNotContaining("hf_sec");
  }

  @Test
  void twoPullsDoNotWriteTheSameFile() throws Exception {
    hub.large(WEIGHTS, weights);
    HubFile file = new HubFile(WEIGHTS, 5, new Checksum(Checksum.Kind.SHA256, "ab".repeat(32)));
    try (PartFile open = PartFile.open(file, directory.resolve(WEIGHTS))) {
      assertThat(open.length()).isZero();
      assertThatThrownBy(() -> pull()).hasMessageContaining("being written");
    }
  }

  private Map<Hub.Part, List<Path>> pull() throws IOException {
    return pull(null, Duration.ofSeconds(60));
  }

  private Map<Hub.Part, List<Path>> pull(@Nullable String token, Duration patience)
      throws IOException {
    return pull(hub.address(), token, patience);
  }

  private Map<Hub.Part, List<Path>> pull(String address, @Nullable String token, Duration patience)
      throws IOException {
    HubClient client = new HubClient(HubAddress.of(address, false), token, patience);
    return new Hub(client, slept::add)
        .pull(List.of(new Hub.Part(REPOSITORY, directory)), new Told());
  }

  private Path part() {
    return directory.resolve(WEIGHTS + ".part");
  }

  private List<String> contentRequests() {
    return hub.requests().stream().filter(request -> request.contains("/resolve/")).toList();
  }

  private void refuses(int status) {
    hub.behaves(
        ex -> {
          LoopbackHub.send(ex, status, new byte[0]);
          return true;
        });
  }

  private static LoopbackHub.Behaviour onConfig(String content) {
    return ex -> {
      boolean config = ex.getRequestURI().getPath().endsWith("config.json");
      if (config) {
        LoopbackHub.send(ex, 200, content.getBytes(UTF_8));
      }
      return config;
    };
  }

  private static void truncated(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 300_000);
    exchange.getResponseBody().write(start(1000));
    exchange.getResponseBody().flush();
    throw new IOException("the line breaks");
  }

  private static byte[] start(int count) {
    byte[] all = new byte[300_000];
    new Random(1).nextBytes(all);
    return Arrays.copyOf(all, count);
  }

  /** An answer to a request. */
  @FunctionalInterface
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private static LoopbackHub.Behaviour onContent(Answer answer) {
    return ex -> {
      boolean content = ex.getRequestURI().getPath().startsWith(CONTENT);
      if (content) {
        answer.to(ex);
      }
      return content;
    };
  }

  /** To the first request of a path that begins so. */
  private static LoopbackHub.Behaviour once(String prefix, Answer answer) {
    AtomicInteger count = new AtomicInteger();
    return ex -> {
      boolean first =
          ex.getRequestURI().getPath().startsWith(prefix) && count.getAndIncrement() == 0;
      if (first) {
        answer.to(ex);
      }
      return first;
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Told implements PullProgress {
    @Override
    public void reached(Path file, long bytes, long size) {
      told.add("reached " + bytes);
    }

    @Override
    public void finished(Path file, long size, boolean already) {
      told.add("finished " + file.getFileName() + (already ? " already" : ""));
    }

    @Override
    public void note(String line) {
      told.add(line);
    }
  }
}
