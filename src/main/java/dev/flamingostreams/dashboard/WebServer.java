package dev.flamingostreams.dashboard;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JDK's own HTTP server, behind a {@link Gate}. Pages can be added while it runs. */
public final class WebServer implements AutoCloseable {
  /** A request that is slow to arrive has a thread until it is given up. */
  private static final int THREADS = 128;

  private static final int BACKLOG = 64;
  private static final int LOOK_SECONDS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  static {
    // Read once, when the first server of a JVM is made: seconds for a request to arrive.
    setIfAbsent("sun.net.httpserver.maxReqTime", "5");
    setIfAbsent("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final ScheduledExecutorService watch;
  private final Gate gate;
  private final Guard guard;
  private final WebOptions options;
  private @Nullable LivePage live;

  private WebServer(HttpServer server, WebOptions options) {
    this.server = server;
    this.options = options;
    guard = new Guard(options);
    gate = new Gate(guard, options.tls() != null);
    threads =
        new ThreadPoolExecutor(
            1,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            WebServer::thread,
            new ThreadPoolExecutor.CallerRunsPolicy()); // so that no more are accepted meanwhile
    watch = Executors.newSingleThreadScheduledExecutor(WebServer::thread);
    server.setExecutor(threads);
    server.createContext("/", gate);
    look(() -> gate.dropStuck(PATIENCE));
  }

  /**
   * Listens.
   *
   * @throws BindException with one line, if the address is taken or not of this machine
   */
  public static WebServer open(WebOptions options) throws IOException {
    HttpServer server = options.tls() == null ? HttpServer.create() : https(options);
    try {
      server.bind(options.address(), BACKLOG);
    } catch (BindException e) {
      BindException line =
          new BindException(
              "cannot listen at %s:%d: %s"
                  .formatted(
                      options.address().getHostString(),
                      options.address().getPort(),
                      e.getMessage()));
      line.initCause(e);
      throw line;
    }
    WebServer web = new WebServer(server, options);
    server.start();
    return web;
  }

  /** Serves {@code /health/live} and {@code /health/ready}. */
  public WebServer with(Health health) {
    gate.add("/health/", new HealthPage(health, guard));
    return this;
  }

  /** Serves {@code /metrics}. */
  public WebServer with(Metrics metrics) {
    gate.add("/metrics", metrics);
    return this;
  }

  /** Serves the dashboard. */
  public WebServer with(Board board, Accounts accounts, Health health) {
    LivePage page = new LivePage(board, accounts, health, PATIENCE);
    live = page;
    look(page::dropStuck);
    gate.add("/live", page);
    gate.add("/images/", new Images(board));
    gate.add("/", new Assets());
    return this;
  }

  private void look(Runnable forStuck) {
    ScheduledFuture<?> unused =
        watch.scheduleWithFixedDelay(forStuck, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Where a browser finds it, such as {@code http://127.0.0.1:8080/}. */
  public String address() {
    InetSocketAddress bound = server.getAddress();
    boolean any = options.address().getAddress().isAnyLocalAddress();
    String host = any ? "localhost" : options.address().getHostString();
    return "%s://%s:%d/"
        .formatted(
            options.tls() == null ? "http" : "https",
            host.contains(":") ? "[" + host + "]" : host,
            bound.getPort());
  }

  @Override
  public void close() {
    if (live != null) {
      live.close();
    }
    watch.shutdownNow();
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpServer https(WebOptions options) throws IOException {
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(new HttpsConfigurator(options.tls()));
    return server;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "flamingo-http");
    thread.setDaemon(true);
    return thread;
  }

  private static void setIfAbsent(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
