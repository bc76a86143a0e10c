package dev.flamingostreams.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** Brings one file, from where an earlier run left it. */
final class Download {
  private static final int PARTIAL = 206;
  private static final int CHUNK_BYTES = 1 << 16;

  private final HubClient client;
  private final Repository repository;
  private final HubFile file;
  private final PullProgress progress;

  Download(HubClient client, Repository repository, HubFile file, PullProgress progress) {
    this.client = client;
    this.repository = repository;
    this.file = file;
    this.progress = progress;
  }

  /** The file is whole and checked when this returns. */
  void into(Path target, Persistence persistence) throws IOException {
    boolean already = PartFile.complete(file, target);
    if (!already) {
      bring(target, persistence);
    }
    progress.finished(target, file.size(), already);
  }

  private void bring(Path target, Persistence persistence) throws IOException {
    try (PartFile part = PartFile.open(file, target)) {
      progress.reached(target, part.length(), file.size());
      persistence.insist(() -> rest(part, target), part::length);
      part.finish(target);
    }
  }

  private PartFile rest(PartFile part, Path target) throws IOException {
    if (part.length() < file.size()) {
      URI uri = client.address().resolve(repository.content(file.path()));
      HttpResponse<InputStream> response = client.get(repository, uri, part.length());
      try (InputStream body = client.body(response)) {
        if (!continues(response, part.length())) {
          part.restart();
        }
        receive(body, part, target);
      }
    }
    return part;
  }

  /** Whether a body goes on where the part ends; a server may send everything instead. */
  private static boolean continues(HttpResponse<?> response, long length) {
    return response.statusCode() == PARTIAL
        && response
            .headers()
            .firstValue("Content-Range")
            .filter(range -> range.startsWith("bytes %d-".formatted(length)))
            .isPresent();
  }

  private void receive(InputStream body, PartFile part, Path target) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int read = read(body, chunk); read >= 0; read = read(body, chunk)) {
      part.append(chunk, read);
      progress.reached(target, part.length(), file.size());
    }
    if (part.length() < file.size()) {
      throw lost(new IOException("it ended early"));
    }
  }

  private int read(InputStream body, byte[] chunk) throws TransientException {
    try {
      return body.read(chunk);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private TransientException lost(IOException e) {
    return new TransientException(
        "%s: the connection was lost, %s".formatted(file.path(), Refusals.reason(e)), e);
  }
}
