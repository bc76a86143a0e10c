package dev.flamingostreams.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fetches the listings of repositories, page by page. */
final class Listings {
  private static final int MAX_BYTES = 16 << 20;
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");

  private final HubClient client;
  private final Persistence persistence;

  Listings(HubClient client, Persistence persistence) {
    this.client = client;
    this.persistence = persistence;
  }

  /** All files of a repository. */
  List<HubFile> files(Repository repository) throws IOException {
    List<HubFile> files = new ArrayList<>();
    Listing listing = new Listing(repository);
    int room = MAX_BYTES;
    for (URI uri = client.address().resolve(repository.listing()); uri != null; ) {
      URI page = uri;
      int most = room;
      Page answer = persistence.insist(() -> page(repository, page, most), () -> 0);
      files.addAll(listing.read(answer.json));
      room -= answer.json.length;
      uri = answer.next;
    }
    return files;
  }

  private record Page(byte[] json, @Nullable URI next) {}

  private Page page(Repository repository, URI uri, int most) throws IOException {
    HttpResponse<InputStream> response = client.get(repository, uri, 0);
    byte[] json;
    try (InputStream body = client.body(response)) {
      json = body.readNBytes(most + 1);
    } catch (IOException e) {
      throw new TransientException(
          "the listing of %s: the connection was lost, %s"
              .formatted(repository, Refusals.reason(e)),
          e);
    }
    if (json.length > most || json.length == 0) {
      throw new HubException(
          "the listing of %s is %s"
              .formatted(repository, json.length == 0 ? "empty" : "larger than 16 MB"));
    }
    return new Page(json, next(repository, response));
  }

  /** Where a long listing goes on. */
  private @Nullable URI next(Repository repository, HttpResponse<?> response) throws HubException {
    Matcher link = NEXT.matcher(response.headers().firstValue("Link").orElse(""));
    if (!link.find()) {
      return null;
    }
    try {
      URI next = response.uri().resolve(link.group(1));
      if (client.address().owns(next)) {
        return next;
      }
    } catch (IllegalArgumentException e) {
      // as any other address that is not the hub's
    }
    throw new HubException(
        "the listing of %s goes on at '%s', which is not the hub"
            .formatted(repository, Names.shown(link.group(1))));
  }
}
