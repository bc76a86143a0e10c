package dev.flamingostreams.hub;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a hub is.
 *
 * @param uri without a path's last slash
 */
public record HubAddress(URI uri) {
  public static final String DEFAULT = "https://huggingface.co";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * Checks an address that a user gave.
   *
   * @param insecure whether plain HTTP to another machine is meant
   */
  public static HubAddress of(String address, boolean insecure) {
    String shown = Names.shown(address);
    URI uri = parse(address, shown);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("https") || scheme.equals("http"))
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || uri.getQuery() != null
        || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          "'%s' is not the address of a hub, such as %s".formatted(shown, DEFAULT));
    }
    if (scheme.equals("http") && !insecure && !LOOPBACK.contains(uri.getHost())) {
      throw new IllegalArgumentException(
          "%s is plain HTTP, which anybody on the way can read and change; use https, or --insecure"
              .formatted(shown));
    }
    return new HubAddress(uri);
  }

  private static URI parse(String address, String shown) {
    try {
      return URI.create(address.replaceFirst("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not the address of a hub, such as %s".formatted(shown, DEFAULT), e);
    }
  }

  /** The address of something that is given from the root of the hub. */
  URI resolve(String path) {
    return URI.create(uri + path);
  }

  /** Whether a request there reaches this hub and nobody else, so that it may hold the token. */
  boolean owns(URI other) {
    return uri.getScheme().equalsIgnoreCase(other.getScheme())
        && uri.getHost().equalsIgnoreCase(other.getHost())
        && port(uri) == port(other);
  }

  /** Whether the hub may send us there: never from HTTPS to plain HTTP. */
  boolean mayLeadTo(URI other) {
    @Nullable String scheme = other.getScheme();
    return other.getHost() != null
        && ("https".equalsIgnoreCase(scheme)
            || ("http".equalsIgnoreCase(scheme) && "http".equalsIgnoreCase(uri.getScheme())));
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
