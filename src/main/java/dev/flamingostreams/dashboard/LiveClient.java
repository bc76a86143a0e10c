package dev.flamingostreams.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.flamingostreams.dashboard.Update.Cursor;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One page that is being told what is new. */
final class LiveClient {
  static final String EVENTS = "text/event-stream; charset=utf-8";

  /** Between two messages; what comes in the meantime goes in one. */
  private static final long PACE_MILLIS = 250;

  private static final long WAIT_MILLIS = 1_000;
  private static final long ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final HttpExchange exchange;
  private final Board board;
  private final Accounts accounts;
  private final Health health;
  private final Consumer<LiveClient> gone;
  private final Thread thread = new Thread(this::run, "flamingo-page");
  private volatile long wroteNanos = System.nanoTime();
  private volatile boolean writing;
  private Cursor seen;
  private String told = "";

  /** What is not a caption, an alert or a camera. */
  private record State(Accounts.View accounts, Health.Report health) {}

  LiveClient(
      HttpExchange exchange,
      Cursor seen,
      Board board,
      Accounts accounts,
      Health health,
      Consumer<LiveClient> gone) {
    this.exchange = exchange;
    this.seen = seen;
    this.board = board;
    this.accounts = accounts;
    this.health = health;
    this.gone = gone;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** A connection whose other side reads nothing blocks its thread; an interrupt closes it. */
  void dropIfStuck(Duration patience) {
    if (writing && System.nanoTime() - wroteNanos > patience.toNanos()) {
      drop();
    }
  }

  void drop() {
    thread.interrupt();
  }

  private void run() {
    try (OutputStream out = answer()) {
      write(out, "retry: 2000\n\n");
      while (!Thread.currentThread().isInterrupted()) {
        tell(out);
        Thread.sleep(PACE_MILLIS);
        board.await(seen, WAIT_MILLIS);
      }
    } catch (IOException e) {
      // the page was closed, or read too slowly
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      gone.accept(this);
      exchange.close();
    }
  }

  private OutputStream answer() throws IOException {
    exchange.getResponseHeaders().set("Content-Type", EVENTS);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  private void tell(OutputStream out) throws IOException {
    Update update = board.since(seen);
    if (!update.isEmpty()) {
      write(out, event("update", update.cursor().id(), Json.of(update)));
    }
    seen = update.cursor();
    String state = Json.of(new State(accounts.view(), health.ready()));
    if (!state.equals(told)) {
      write(out, event("state", seen.id(), state));
      told = state;
    } else if (System.nanoTime() - wroteNanos > ALIVE_NANOS) {
      write(out, ": alive\n\n");
    }
  }

  /** JSON has no line breaks, so it is one line of data. */
  static String event(String name, String id, String json) {
    return "id: %s\nevent: %s\ndata: %s\n\n".formatted(id, name, json);
  }

  private void write(OutputStream out, String text) throws IOException {
    wroteNanos = System.nanoTime();
    writing = true;
    out.write(text.getBytes(UTF_8));
    out.flush();
    writing = false;
    wroteNanos = System.nanoTime();
  }
}
