package dev.flamingostreams.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A hub in this process that serves one repository, and misbehaves as a test asks it to. */
public final class LoopbackHub implements AutoCloseable {

  /** Answers in place of the hub; false leaves the answer to it. */
  @FunctionalInterface
  public interface Behaviour {
    boolean answers(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<String> entries = new ArrayList<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile Behaviour behaviour = exchange -> false;

  public LoopbackHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** A large file, as a hub lists it. */
  public LoopbackHub large(String path, byte[] content) throws Exception {
    return lists(path, content, content.length, sha("SHA-256", content));
  }

  /** A large file that is announced with another size or hash than it has. */
  public LoopbackHub lists(String path, byte[] content, long size, String sha256) {
    files.put(path, content);
    return entry(
        """
        {"type": "file", "path": "%s", "size": 134, "oid": "%s",
         "lfs": {"oid": "%s", "size": %d, "pointerSize": 134}}"""
            .formatted(path, "0".repeat(40), sha256, size));
  }

  /** A small file, as a hub lists it. */
  public LoopbackHub small(String path, String text) throws Exception {
    byte[] content = text.getBytes(UTF_8);
    byte[] head = ("blob " + content.length + "\0").getBytes(UTF_8);
    byte[] blob = Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, blob, head.length, content.length);
    files.put(path, content);
    return entry(
        """
        {"type": "file", "path": "%s", "size": %d, "oid": "%s"}"""
            .formatted(path, content.length, sha("SHA-1", blob)));
  }

  public LoopbackHub entry(String json) {
    entries.add(json);
    return this;
  }

  public LoopbackHub behaves(Behaviour with) {
    behaviour = with;
    return this;
  }

  private static String sha(String algorithm, byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The same server under a name that is another host to a client. */
  public String otherHost() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Of each request its host, path, range and authorization, in order. */
  public List<String> requests() {
    return requests;
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(
        "%s %s %s %s"
            .formatted(
                exchange.getRequestHeaders().getFirst("Host").replaceFirst(":.*", ""),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestHeaders().getFirst("Range"),
                exchange.getRequestHeaders().getFirst("Authorization")));
    try (exchange) {
      if (!behaviour.answers(exchange)) {
        serve(exchange);
      }
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (path.startsWith("/api/models/")) {
      send(exchange, 200, ("[" + String.join(",", entries) + "]").getBytes(UTF_8));
      return;
    }
    byte[] content = files.get(path.replaceFirst("^/[^/]+/[^/]+/resolve/[^/]+/", ""));
    if (content == null) {
      send(exchange, 404, new byte[0]);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    if (range != null) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    send(exchange, range == null ? 200 : 206, Arrays.copyOfRange(content, from, content.length));
  }

  public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
