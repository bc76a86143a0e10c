package dev.flamingostreams.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who may look. On loopback without a token: whoever names the server by a name of this
 * machine, so that no page of another site can, by a name that it lets point here. With a token:
 * who shows it in {@code Authorization: Bearer}, or has shown it to {@link Login} and got a cookie.
 */
final class Guard {
  static final String COOKIE = "flamingo-session";
  static final int SESSION_SECONDS = 12 * 60 * 60;

  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int MOST_SESSIONS = 1_000;
  private static final String BEARER = "Bearer ";

  private final boolean byName;
  private final Set<String> names;
  private final boolean secure;
  private final byte @Nullable [] token;
  private final WrongTokens wrong = new WrongTokens(System::nanoTime, LOG::warn);
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Long> sessions = new LinkedHashMap<>(); // guarded by this

  Guard(WebOptions options) {
    InetAddress address = options.address().getAddress();
    byName = address.isLoopbackAddress();
    names = new HashSet<>(LOOPBACK);
    names.add(options.address().getHostString()); // as whoever started it wrote it
    names.add(address.getHostAddress());
    secure = options.tls() != null;
    token = options.token() == null ? null : digest(options.token());
  }

  boolean wantsToken() {
    return token != null;
  }

  /** Whether the name by which the server was called is one of its own. */
  boolean knowsHost(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return !byName || (host != null && names.contains(host.replaceFirst(":\\d*$", "")));
  }

  boolean admits(HttpExchange exchange) {
    return token == null || hasBearer(exchange) || hasSession(exchange);
  }

  /** A cookie for who shows the token, or null. */
  synchronized @Nullable String admit(HttpExchange exchange, String shown) {
    if (!isToken(exchange, shown)) {
      return null;
    }
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String session = HexFormat.of().formatHex(bytes);
    sessions.put(session, System.nanoTime());
    if (sessions.size() > MOST_SESSIONS) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    return "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s"
        .formatted(COOKIE, session, SESSION_SECONDS, secure ? "; Secure" : "");
  }

  private boolean hasBearer(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header != null
        && header.startsWith(BEARER)
        && isToken(exchange, header.substring(BEARER.length()).strip());
  }

  private synchronized boolean hasSession(HttpExchange exchange) {
    sessions
        .values()
        .removeIf(since -> System.nanoTime() - since > SESSION_SECONDS * 1_000_000_000L);
    for (String line : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      for (String pair : line.split(";", -1)) {
        String[] parts = pair.strip().split("=", 2);
        if (parts.length == 2 && parts[0].equals(COOKIE) && sessions.containsKey(parts[1])) {
          return true;
        }
      }
    }
    return false;
  }

  // equal in length, so that the comparison takes as long for every guess
  private boolean isToken(HttpExchange exchange, String shown) {
    boolean right = token != null && MessageDigest.isEqual(token, digest(shown));
    if (!right) {
      wrong.shown(exchange.getRemoteAddress().getAddress().getHostAddress());
    }
    return right;
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
