package dev.flamingostreams.dashboard;

import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen and who may look.
 *
 * @param token that everybody must show; null on loopback only
 * @param tls null for plain HTTP
 */
public record WebOptions(
    InetSocketAddress address, @Nullable String token, @Nullable SSLContext tls) {
  /** Of a token in characters. One that can be guessed protects nothing. */
  public static final int SHORTEST_TOKEN = 16;

  public WebOptions {
    if (token != null && token.length() < SHORTEST_TOKEN) {
      throw new IllegalArgumentException(
          "the token has %d characters; make one of at least %d, as by: openssl rand -hex 32"
              .formatted(token.length(), SHORTEST_TOKEN));
    }
    if (token == null && !address.getAddress().isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "%s can be reached from other machines and needs a token"
              .formatted(address.getHostString()));
    }
  }

  /** The token is nobody's business. */
  @Override
  public String toString() {
    return "%s://%s:%d"
        .formatted(tls == null ? "http" : "https", address.getHostString(), address.getPort());
  }
}
