package dev.flamingostreams.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads what a hub says of a repository's files: a JSON array of entries, which are hostile. */
final class Listing {
  private static final long MAX_FILE_BYTES = 1L << 40;
  private static final JsonMapper JSON = new JsonMapper();

  private final Repository repository;

  Listing(Repository repository) {
    this.repository = repository;
  }

  /** The files of one page; directories are left out. */
  List<HubFile> read(byte[] page) throws IOException {
    JsonNode entries = parse(page);
    if (entries == null || !entries.isArray()) {
      throw fault("is not a list of files; is the address that of a Hugging Face hub?");
    }
    List<HubFile> files = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (entry.path("type").asText().equals("file")) {
        files.add(file(entry));
      }
    }
    return files;
  }

  private JsonNode parse(byte[] page) throws IOException {
    try {
      return JSON.readTree(page);
    } catch (JsonProcessingException e) {
      throw fault("is not JSON; is the address that of a Hugging Face hub?");
    }
  }

  private HubFile file(JsonNode entry) throws HubException {
    String path = entry.path("path").asText();
    if (!Names.plain(path)) {
      throw fault(
          "names a file '%s', which is no plain relative path".formatted(Names.shown(path)));
    }
    JsonNode large = entry.path("lfs");
    JsonNode size = large.isObject() ? large.path("size") : entry.path("size");
    if (!size.canConvertToLong() || !size.isIntegralNumber() || outside(size.asLong())) {
      throw fault("gives %s no size that can be".formatted(path));
    }
    return new HubFile(path, size.asLong(), checksum(path, entry, large));
  }

  private Checksum checksum(String path, JsonNode entry, JsonNode large) throws HubException {
    try {
      return large.isObject()
          ? new Checksum(Checksum.Kind.SHA256, large.path("oid").asText())
          : new Checksum(Checksum.Kind.GIT_BLOB, entry.path("oid").asText());
    } catch (IllegalArgumentException e) {
      throw fault("gives %s no hash".formatted(path));
    }
  }

  private static boolean outside(long size) {
    return size < 0 || size > MAX_FILE_BYTES;
  }

  private HubException fault(String what) {
    return new HubException("the listing of %s %s".formatted(repository, what));
  }
}
