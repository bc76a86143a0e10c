package dev.flamingostreams.frames;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The entries of a cameras file with their lines. */
record CamerasFile(CameraEntry defaults, List<CameraEntry> cameras) {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final long MAX_BYTES = 10L << 20;

  static CamerasFile parse(Path file) throws IOException {
    try (JsonParser in = YAML.createParser(text(file))) {
      return new Reader(file, in).file();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new IOException(
          "%s:%d: no YAML: %s"
              .formatted(file, line, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }

  private static String text(Path file) throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(file + " is larger than 10 MB; it cannot be a file of cameras");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IOException("file of cameras " + file + " does not exist; check the name", e);
    } catch (CharacterCodingException e) {
      throw new IOException("file of cameras " + file + " is not UTF-8 text", e);
    }
  }

  private static final class Reader {
    private final Path file;
    private final JsonParser in;
    private final List<CameraEntry> cameras = new ArrayList<>();
    private CameraEntry defaults;

    Reader(Path file, JsonParser in) {
      this.file = file;
      this.in = in;
      defaults = new CameraEntry(file, 1, false);
    }

    CamerasFile file() throws IOException {
      expect(in.nextToken(), JsonToken.START_OBJECT, "begin with 'cameras:'");
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String key = in.currentName();
        in.nextToken();
        switch (key) {
          case "defaults" -> defaults = entry(false);
          case "cameras" -> cameras();
          default -> throw wrong("unknown key '%s'; use defaults and cameras".formatted(key));
        }
      }
      if (cameras.isEmpty()) {
        throw wrong("no camera; list at least one under 'cameras:'");
      }
      return new CamerasFile(defaults, cameras);
    }

    private void cameras() throws IOException {
      expect(in.currentToken(), JsonToken.START_ARRAY, "list cameras as '- id: ...'");
      while (in.nextToken() != JsonToken.END_ARRAY) {
        cameras.add(entry(true));
      }
    }

    private CameraEntry entry(boolean camera) throws IOException {
      expect(in.currentToken(), JsonToken.START_OBJECT, "write keys and values, as 'rate: 10'");
      CameraEntry entry = new CameraEntry(file, line(), camera);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String key = in.currentName();
        int line = line();
        JsonToken value = in.nextToken();
        if (!value.isScalarValue()) {
          throw wrong("%s must be one value, not a list or a map".formatted(key));
        }
        entry.put(key, value == JsonToken.VALUE_NULL ? "" : in.getText(), line);
      }
      return entry;
    }

    private void expect(JsonToken token, JsonToken wanted, String fix) throws IOException {
      if (token != wanted) {
        throw wrong("cannot be understood; " + fix);
      }
    }

    private IOException wrong(String what) {
      return new IOException("%s:%d: %s".formatted(file, line(), what));
    }

    private int line() {
      return Math.max(1, in.currentTokenLocation().getLineNr());
    }
  }
}
