package dev.flamingostreams.hub;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/** Says in one line why a hub gives nothing, and what can be done. */
final class Refusals {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final int MAX_WAIT_DIGITS = 4;

  /** The JDK's client does not look at HTTPS_PROXY. */
  private static final String PROXY = "-Dhttps.proxyHost=NAME -Dhttps.proxyPort=NUMBER";

  private final HubAddress address;
  private final boolean token;

  /**
   * @param token whether one was given
   */
  Refusals(HubAddress address, boolean token) {
    this.address = address;
    this.token = token;
  }

  HubException of(Repository repository, HttpResponse<?> response) {
    int status = response.statusCode();
    String host = response.uri().getHost();
    // A storage host refuses links that have grown old; the hub gives a new one.
    boolean storage = !address.owns(response.uri());
    if (status == TIMEOUT || status == TOO_MANY || status >= SERVER_ERROR || storage) {
      return new TransientException(
          "%s answers %d for %s".formatted(host, status, repository), serverWait(response));
    }
    return new HubException(
        switch (status) {
          case UNAUTHORIZED -> unknown(repository);
          case FORBIDDEN -> gated(repository);
          case NOT_FOUND ->
              "%s has no %s; check its name, the revision and its page %s"
                  .formatted(host, repository, page(repository));
          default -> "%s answers %d for %s".formatted(host, status, repository);
        });
  }

  /** Hugging Face does not tell strangers whether a repository is there. */
  private String unknown(Repository repository) {
    return ("%s has no %s, or it is private or gated (%d): check the name, else accept the licence"
            + " on %s and %s")
        .formatted(
            address.uri().getHost(),
            repository,
            UNAUTHORIZED,
            page(repository),
            token ? "check the token in HF_TOKEN, which may not be valid" : "set HF_TOKEN");
  }

  private String gated(Repository repository) {
    String page = page(repository);
    return token
        ? "%s refuses %s to the token in HF_TOKEN (%d): accept the licence on %s, or check both"
            .formatted(address.uri().getHost(), repository, FORBIDDEN, page)
        : "%s refuses %s without a token (%d): accept the licence on %s and set HF_TOKEN"
            .formatted(address.uri().getHost(), repository, FORBIDDEN, page);
  }

  private String page(Repository repository) {
    return address.resolve("/" + repository.name()).toString();
  }

  private static Duration serverWait(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1," + MAX_WAIT_DIGITS + "}"))
        .map(seconds -> Duration.ofSeconds(Integer.parseInt(seconds)))
        .orElse(Duration.ZERO);
  }

  /**
   * A request that got no answer.
   *
   * @param before whether another got one, so that there is a network
   */
  HubException unreachable(Repository repository, URI uri, IOException failure, boolean before) {
    String message =
        ("cannot reach %s: %s; a proxy is named in FLAMINGO_OPTS: %s; where there is no network,"
                + " fetch the files of %s by other means and lay them out in the same way")
            .formatted(uri.getHost(), reason(failure), PROXY, repository);
    return before ? new TransientException(message, failure) : new HubException(message, failure);
  }

  /** The JDK's client says little of itself. */
  static String reason(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return "its name cannot be resolved";
      } else if (cause instanceof HttpTimeoutException) {
        return String.valueOf(cause.getMessage());
      } else if (cause instanceof ConnectException && cause.getMessage() == null) {
        return "the connection is refused";
      }
    }
    String message = failure.getMessage(); // may quote what the server sent
    return message == null ? failure.getClass().getSimpleName() : Names.shown(message);
  }
}
