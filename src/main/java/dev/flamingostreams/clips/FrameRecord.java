package dev.flamingostreams.clips;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.FrameBatches;
import dev.flamingostreams.schema.MalformedRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record of topic frames and what it does to its stream, whoever keeps the stream's windows and
 * images: a task in its stores, an audit in memory.
 */
public record FrameRecord(String stream, FrameBatch batch) {
  /** Of a stream's id: it is in the key and the value of all that is written of the stream. */
  private static final int MOST_STREAM_BYTES = 1_024;

  /** Where the frames of a record go, besides the clips that they close. */
  public interface Outcome extends StreamWindows.Outcome {
    /** A window may pick the frame: its image is kept until the frame is settled. */
    void taken(long run, Frame frame);

    /** No window has seen it; it is counted as {@link Fate#UNDECODABLE} and a dead letter. */
    void undecodable(Frame frame, String fault);
  }

  /**
   * Decodes a record as it lies on the topic.
   *
   * @param timestampMillis not negative; the capture time of a bare image
   * @throws MalformedRecordException saying what it lacks: it counts as one frame, undecodable
   */
  public static FrameRecord read(
      byte @Nullable [] key, byte @Nullable [] value, long timestampMillis)
      throws MalformedRecordException {
    return new FrameRecord(stream(key), FrameBatches.read(value, timestampMillis));
  }

  /** Takes its frames and its marker, then closes the windows that are due. */
  public void cut(StreamWindows windows, Outcome outcome) {
    batch.frames().forEach(frame -> take(frame, windows, outcome));
    switch (batch.marker()) {
      case NONE -> {}
      case IDLE -> windows.idleUntil(batch.idleUntilMicros());
      case END -> windows.end(outcome);
    }
    windows.closeDue(outcome);
  }

  private static void take(Frame frame, StreamWindows windows, Outcome outcome) {
    Optional<String> fault = fault(frame);
    if (fault.isPresent()) {
      outcome.undecodable(frame, fault.get());
    } else if (windows.frame(frame.captureMicros(), frame.image().length, outcome)) {
      outcome.taken(windows.run(), frame);
    }
  }

  private static Optional<String> fault(Frame frame) {
    return StreamWindows.isTime(frame.captureMicros())
        ? ImageHeader.fault(frame.image())
        : Optional.of("a capture time out of all range: %d µs".formatted(frame.captureMicros()));
  }

  /** Whether there is a key, and it is not too long to be a stream's id. */
  public static boolean isStream(byte @Nullable [] key) {
    return key != null && key.length > 0 && key.length <= MOST_STREAM_BYTES;
  }

  private static String stream(byte @Nullable [] key) throws MalformedRecordException {
    if (key == null || key.length == 0) {
      throw new MalformedRecordException("no key; the key of a frame record is its stream's id");
    }
    if (!isStream(key)) {
      throw new MalformedRecordException(
          "a key of %d bytes; a stream's id has at most %d"
              .formatted(key.length, MOST_STREAM_BYTES));
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedRecordException("the key is not UTF-8", e);
    }
  }
}
