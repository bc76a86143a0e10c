package dev.flamingostreams.schema;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of {@link FrameBatch}: one CBOR map (RFC 8949) with these keys, all but the first
 * optional.
 *
 * <pre>
 * "version"  1
 * "frames"   array of {"micros": capture time, "image": bytes of a JPEG or PNG}
 * "marker"   "idle" or "end"
 * "until"    with "idle": the camera's time in microseconds
 * </pre>
 *
 * <p>A value that begins as a JPEG or PNG does is one frame, at its record's timestamp.
 */
public final class FrameBatches {
  /** Version that is written; others are refused. */
  public static final int VERSION = 1;

  /** Frames of one batch at most. */
  public static final int MAX_FRAMES = 1_000;

  private static final int MAX_DEPTH = 4;
  private static final int MAX_NAME = 16;
  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(MAX_NAME)
                  .maxStringLength(MAX_NAME)
                  .build())
          .build();

  private FrameBatches() {}

  public static byte[] write(FrameBatch batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + batch.imageBytes());
    try (CBORGenerator out = CBOR.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("version", VERSION);
      writeFrames(batch, out);
      switch (batch.marker()) {
        case NONE -> {}
        case END -> out.writeStringField("marker", "end");
        case IDLE -> {
          out.writeStringField("marker", "idle");
          out.writeNumberField("until", batch.idleUntilMicros());
        }
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeFrames(FrameBatch batch, CBORGenerator out) throws IOException {
    if (batch.frames().isEmpty()) {
      return;
    }
    out.writeFieldName("frames");
    out.writeStartArray(null, batch.frames().size());
    for (Frame frame : batch.frames()) {
      out.writeStartObject(2);
      out.writeNumberField("micros", frame.captureMicros());
      out.writeBinaryField("image", frame.image());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /**
   * Reads a value of topic frames.
   *
   * @param timestampMillis of the record: the capture time of a bare image
   */
  public static FrameBatch read(byte @Nullable [] value, long timestampMillis)
      throws MalformedRecordException {
    if (value == null || value.length == 0) {
      throw new MalformedRecordException("the record has no value");
    }
    if (isImage(value)) {
      return FrameBatch.of(List.of(new Frame(timestampMillis * 1_000, value)));
    }
    try (JsonParser in = CBOR.createParser(value)) {
      FrameBatch batch = new Reader(in, value.length).batch();
      if (in.nextToken() != null) {
        throw new MalformedRecordException("there are bytes after the frame batch");
      }
      return batch;
    } catch (IOException | RuntimeException e) {
      throw new MalformedRecordException(
          "the value is neither a frame batch in CBOR nor a JPEG or PNG image", e);
    }
  }

  private static boolean isImage(byte[] value) {
    return startsWith(value, 0xff, 0xd8, 0xff) || startsWith(value, 0x89, 'P', 'N', 'G');
  }

  private static boolean startsWith(byte[] value, int... magic) {
    if (value.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((value[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads one map; unknown keys are refused, so that a later version is not half understood. */
  private static final class Reader {
    private final JsonParser in;
    private final List<Frame> frames = new ArrayList<>();
    private int version;
    private @Nullable String marker;
    private @Nullable Long until;
    private int bytesLeft;

    Reader(JsonParser in, int bytes) {
      this.in = in;
      bytesLeft = bytes;
    }

    FrameBatch batch() throws IOException, MalformedRecordException {
      expect(in.nextToken(), JsonToken.START_OBJECT, "a map");
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String key = in.currentName();
        in.nextToken();
        switch (key) {
          case "version" -> version = in.getIntValue();
          case "frames" -> frames();
          case "marker" -> marker = in.getText();
          case "until" -> until = in.getLongValue();
          default -> throw new MalformedRecordException("unknown key in a frame batch: " + key);
        }
      }
      expect(in.currentToken(), JsonToken.END_OBJECT, "the end of the map");
      return checked();
    }

    private FrameBatch checked() throws MalformedRecordException {
      if (version != VERSION) {
        throw new MalformedRecordException(
            "frame batch of version %d, this program reads version %d".formatted(version, VERSION));
      }
      if (marker == null) {
        if (frames.isEmpty()) {
          throw new MalformedRecordException("a frame batch without frames and without marker");
        }
        return FrameBatch.of(frames);
      }
      if (!frames.isEmpty()) {
        throw new MalformedRecordException("a frame batch with frames and a marker");
      }
      if (marker.equals("end")) {
        return FrameBatch.end();
      }
      if (marker.equals("idle") && until != null) {
        return FrameBatch.idleUntil(until);
      }
      throw new MalformedRecordException(
          "marker '%s' is not idle with until, nor end".formatted(marker));
    }

    private void frames() throws IOException, MalformedRecordException {
      expect(in.currentToken(), JsonToken.START_ARRAY, "an array of frames");
      while (in.nextToken() == JsonToken.START_OBJECT) {
        if (frames.size() == MAX_FRAMES) {
          throw new MalformedRecordException(
              "a frame batch of more than " + MAX_FRAMES + " frames");
        }
        frames.add(frame());
      }
      expect(in.currentToken(), JsonToken.END_ARRAY, "the end of the frames");
    }

    private Frame frame() throws IOException, MalformedRecordException {
      Long micros = null;
      byte[] image = null;
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String key = in.currentName();
        in.nextToken();
        switch (key) {
          case "micros" -> micros = in.getLongValue();
          case "image" -> image = image();
          default -> throw new MalformedRecordException("unknown key in a frame: " + key);
        }
      }
      if (micros == null || image == null) {
        throw new MalformedRecordException("a frame without micros or without image");
      }
      return new Frame(micros, image);
    }

    // CBOR may repeat a string by a reference of a few bytes: a small record would be a large one.
    private byte[] image() throws IOException, MalformedRecordException {
      byte[] image = in.getBinaryValue();
      bytesLeft -= image.length;
      if (bytesLeft < 0) {
        throw new MalformedRecordException("images that are references to others");
      }
      return image;
    }

    private static void expect(@Nullable JsonToken token, JsonToken wanted, String what)
        throws MalformedRecordException {
      if (token != wanted) {
        throw new MalformedRecordException("a frame batch that lacks " + what);
      }
    }
  }
}
