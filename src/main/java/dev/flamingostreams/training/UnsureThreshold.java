package dev.flamingostreams.training;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flamingostreams.checkpoints.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Sets from which mean log-probability down a model's captions are marked unsure. */
public final class UnsureThreshold {
  private static final String KEY = "unsureBelow";

  private UnsureThreshold() {}

  /** Writes the threshold into the model's config, which keeps its other keys. */
  public static void write(ModelDirectory model, double unsureBelow) throws IOException {
    ObjectNode config = model.config().deepCopy();
    config.put(KEY, Math.round(unsureBelow * 1e5) / 1e5);
    Path file = model.path().resolve(ModelDirectory.CONFIG);
    Path draft = model.path().resolve(ModelDirectory.CONFIG + ".new");
    Files.writeString(
        draft, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n");
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
