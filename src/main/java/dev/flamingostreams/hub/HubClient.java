package dev.flamingostreams.hub;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a hub. The token goes to the hub's own host only, not to where it redirects. */
final class HubClient {
  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final int MAX_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int OK = 200;
  private static final int PARTIAL = 206;

  private final HubAddress address;
  private final @Nullable String token;
  private final Duration patience;
  private final HttpClient http;
  private final Refusals refusals;
  private boolean answered;

  /**
   * @param patience with a server that sends nothing
   */
  HubClient(HubAddress address, @Nullable String token, Duration patience) {
    this.address = address;
    this.token = token == null || token.isBlank() ? null : checked(token.strip());
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    this.refusals = new Refusals(address, this.token != null);
  }

  /** The JDK would print a header that it refuses. */
  private static String checked(String token) {
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "HF_TOKEN is not a token: it holds a character that no token has");
    }
    return token;
  }

  /**
   * The answer to a request, its status 200 or 206; what is refused is a {@link HubException}.
   *
   * @param offset of the first byte that is wanted
   */
  HttpResponse<InputStream> get(Repository repository, URI start, long offset) throws IOException {
    URI uri = start;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpResponse<InputStream> response = send(repository, uri, offset);
      int status = response.statusCode();
      if (status == OK || status == PARTIAL) {
        return response;
      }
      response.body().close();
      if (!REDIRECTS.contains(status)) {
        throw refusals.of(repository, response);
      }
      uri = target(response);
    }
    throw new HubException(
        "%s redirects more than %d times for %s"
            .formatted(address.uri().getHost(), MAX_REDIRECTS, repository));
  }

  private HttpResponse<InputStream> send(Repository repository, URI uri, long offset)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(patience).header("User-Agent", "flamingo-streams");
    if (token != null && address.owns(uri)) {
      request.header("Authorization", "Bearer " + token);
    }
    if (offset > 0) {
      request.header("Range", "bytes=%d-".formatted(offset));
    }
    try {
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      answered = true;
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } catch (IOException e) {
      throw refusals.unreachable(repository, uri, e, answered);
    }
  }

  private URI target(HttpResponse<?> response) throws HubException {
    String location = response.headers().firstValue("Location").orElse("");
    try {
      URI target = response.uri().resolve(location);
      if (!location.isEmpty() && address.mayLeadTo(target)) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      // as any other place that is none
    }
    throw new HubException(
        "%s redirects to '%s', which is not followed"
            .formatted(response.uri().getHost(), Names.shown(location)));
  }

  /** The body of an answer; reading it ends with a time-out when nothing comes. */
  InputStream body(HttpResponse<InputStream> response) {
    return new WatchedBody(response.body(), patience);
  }

  HubAddress address() {
    return address;
  }
}
