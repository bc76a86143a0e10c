package dev.flamingostreams.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** What answers requests whose path begins with that of the page; it closes the exchange. */
interface Page {
  void serve(HttpExchange exchange) throws IOException;
}
