package dev.flamingostreams.dashboard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LivePageTest {
  private final Board board = new Board(List.of("town"), 1 << 20, Clock.systemUTC());
  private final LivePage page =
      new LivePage(board, new Accounts(Map.of()), new Health(), Duration.ofMillis(300));
  private HttpServer server;

  @BeforeEach
  void open() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/live", page::serve);
    server.start();
  }

  @AfterEach
  void close() {
    page.close();
    server.stop(0);
  }

  @Test
  void aPageThatReadsNothingIsDropped() throws Exception {
    try (Socket socket = ask()) {
      await(() -> page.pages() == 1);
      int number = 0;
      while (page.pages() > 0) { // until the buffers between are full
        for (int i = 0; i < 500; i++) {
          board.caption("town", Town.caption("a", number++, "x".repeat(2_000), 0), 0);
        }
        page.dropStuck();
        LockSupport.parkNanos(20_000_000);
        assertThat(number).isLessThan(2_000_000);
      }
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void aPageThatIsClosedLeavesNothingBehind() throws Exception {
    ask().close();
    await(
        () -> {
          board.caption("town", Town.caption("a", 0, "x", 0), 0);
          return page.pages() == 0;
        });
  }

  private Socket ask() throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(server.getAddress());
    socket
        .getOutputStream()
        .write("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    return socket;
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
