package dev.flamingostreams.frames;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import dev.flamingostreams.schema.Frame;
import java.io.IOException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * The sampled frames of a video, scaled and encoded as JPEG. Every picture is decoded, only the
 * sampled ones are converted. Their capture times count from the video's first picture. Not
 * thread-safe.
 */
public final class FrameReader implements AutoCloseable {
  private final Video video;
  private final Sampler sampler;
  private final Scaler scaler;
  private final JpegEncoder encoder;
  private final AVFrame held = av_frame_alloc();
  private long heldMicros;
  private long after = Long.MIN_VALUE;
  private boolean ended;

  FrameReader(Video video, Sampling sampling) {
    this.video = video;
    sampler = new Sampler(sampling.rate());
    scaler = new Scaler(sampling.maxSide(), video.quarterTurns());
    encoder = new JpegEncoder(sampling.quality());
  }

  /** Leaves out frames up to and including that time of the video. */
  public FrameReader after(long micros) {
    after = micros;
    return this;
  }

  /**
   * The next sampled frame, or null at the end.
   *
   * @throws VideoException if the video gives no picture at all, or one that cannot be converted
   */
  public @Nullable Frame next() throws VideoException {
    Frame frame = null;
    while (frame == null && !ended) {
      AVFrame picture = video.decode();
      boolean picked = picture == null ? sampler.end() : sampler.offer(video.micros());
      frame = picked && heldMicros > after ? encode() : null;
      hold(picture);
    }
    return frame;
  }

  @Override
  public void close() {
    av_frame_free(held);
    scaler.close();
    encoder.close();
  }

  private Frame encode() throws VideoException {
    try {
      return new Frame(heldMicros, encoder.encode(scaler.scale(held)));
    } catch (VideoException e) {
      throw e;
    } catch (IOException e) {
      throw new VideoException("a picture cannot be encoded as JPEG: " + e.getMessage(), e);
    }
  }

  private void hold(@Nullable AVFrame picture) throws VideoException {
    av_frame_unref(held);
    ended = picture == null;
    if (picture != null) {
      heldMicros = video.micros();
      int result = av_frame_ref(held, picture);
      if (result < 0) {
        throw new VideoException("a picture cannot be kept: " + FfmpegError.text(result));
      }
    }
  }
}
