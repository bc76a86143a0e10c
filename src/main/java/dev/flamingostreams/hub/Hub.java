package dev.flamingostreams.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Hugging Face hub. Listing: {@code GET /api/models/NAME/tree/REVISION?recursive=true}; content:
 * {@code GET /NAME/resolve/REVISION/PATH}, which may redirect to a storage host.
 */
public final class Hub {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HubClient client;
  private final Sleeper sleeper;

  /**
   * @param token of a user, sent to the hub's own host only
   */
  public Hub(HubAddress address, @Nullable String token) {
    this(new HubClient(address, token, PATIENCE), time -> Thread.sleep(time.toMillis()));
  }

  Hub(HubClient client, Sleeper sleeper) {
    this.client = client;
    this.sleeper = sleeper;
  }

  /** A repository and where its files go. */
  public record Part(Repository repository, Path directory) {}

  /**
   * Brings the files that an import needs. What is whole already is left; what an earlier run left
   * in {@code .part} files is gone on with. Nothing is fetched unless there is room for all.
   *
   * @return the files that hold the weights of each part
   */
  public Map<Part, List<Path>> pull(List<Part> parts, PullProgress progress) throws IOException {
    Persistence persistence = new Persistence(sleeper, progress);
    Listings listings = new Listings(client, persistence);
    Map<Part, List<HubFile>> wanted = new LinkedHashMap<>();
    for (Part part : parts) {
      List<HubFile> all = listings.files(part.repository());
      wanted.put(part, Selection.of(part.repository(), all));
      Files.createDirectories(part.directory());
    }
    checkRoom(wanted);
    Map<Part, List<Path>> weights = new LinkedHashMap<>();
    for (Map.Entry<Part, List<HubFile>> entry : wanted.entrySet()) {
      weights.put(entry.getKey(), bring(entry.getKey(), entry.getValue(), progress, persistence));
    }
    return weights;
  }

  private static void checkRoom(Map<Part, List<HubFile>> wanted) throws IOException {
    Path any = wanted.keySet().iterator().next().directory();
    long needed = 0;
    for (Map.Entry<Part, List<HubFile>> entry : wanted.entrySet()) {
      for (HubFile file : entry.getValue()) {
        needed += missing(entry.getKey().directory(), file);
      }
    }
    long free = Files.getFileStore(any).getUsableSpace();
    if (needed > free) {
      throw new HubException(
          String.format(
              Locale.ROOT,
              "%s: %,d MB are to come, the disk has %,d MB free; make room or choose another --out",
              any,
              needed >> 20,
              free >> 20));
    }
  }

  private static long missing(Path directory, HubFile file) throws IOException {
    Path target = directory.resolve(file.path());
    if (Files.isRegularFile(target) && Files.size(target) == file.size()) {
      return 0;
    }
    Path part = PartFile.path(target);
    return Math.max(0, file.size() - (Files.isRegularFile(part) ? Files.size(part) : 0));
  }

  private List<Path> bring(
      Part part, List<HubFile> files, PullProgress progress, Persistence persistence)
      throws IOException {
    List<Path> weights = new ArrayList<>();
    for (HubFile file : files) {
      Path target = part.directory().resolve(file.path());
      new Download(client, part.repository(), file, progress).into(target, persistence);
      if (Selection.weights(file)) {
        weights.add(target);
      }
    }
    return weights;
  }
}
