package dev.flamingostreams.dashboard;

import com.sun.net.httpserver.HttpExchange;
import dev.flamingostreams.dashboard.Update.Cursor;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Server-sent events: {@code /live}. Each page has a thread that knows how far the page has seen
 * and waits for what is new; nothing is queued for it. A page that comes back with {@code
 * Last-Event-ID} goes on where it was, or gets everything anew if too much has come since.
 */
final class LivePage implements Page, AutoCloseable {
  static final int MOST_PAGES = 32;

  private final Board board;
  private final Accounts accounts;
  private final Health health;
  private final Duration patience;
  private final Set<LiveClient> clients = ConcurrentHashMap.newKeySet();

  /**
   * @param patience with a page that does not read
   */
  LivePage(Board board, Accounts accounts, Health health, Duration patience) {
    this.patience = patience;
    this.board = board;
    this.accounts = accounts;
    this.health = health;
  }

  @Override
  public void serve(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      Reply.of(200, LiveClient.EVENTS, new byte[0]).send(exchange);
      return;
    }
    Cursor seen = Cursor.parse(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
    LiveClient client = new LiveClient(exchange, seen, board, accounts, health, clients::remove);
    if (!admit(client)) {
      Reply.text(503, "%d pages are open already; close one".formatted(MOST_PAGES))
          .with("Retry-After", "30")
          .send(exchange);
      return;
    }
    client.start();
  }

  /** Before it is answered: whoever has an answer counts for whoever asks next. */
  private synchronized boolean admit(LiveClient client) {
    dropStuck();
    return clients.size() < MOST_PAGES && clients.add(client);
  }

  int pages() {
    return clients.size();
  }

  /** Called now and then. */
  void dropStuck() {
    clients.forEach(client -> client.dropIfStuck(patience));
  }

  @Override
  public void close() {
    clients.forEach(LiveClient::drop);
  }
}
