package dev.flamingostreams.frames;

import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.jspecify.annotations.Nullable;

/**
 * A video file or camera, decoded once from its start to its end. Not thread-safe.
 *
 * <pre>{@code
 * try (Video video = Video.open("street.mp4");
 *     FrameReader frames = video.sample(Sampling.DEFAULT)) {
 *   for (Frame frame = frames.next(); frame != null; frame = frames.next()) { ... }
 *   video.damage().ifPresent(System.err::println);
 * }
 * }</pre>
 */
public final class Video implements AutoCloseable {
  /** How long a remote source may be silent before it counts as lost. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final long MAX_PIXELS = 64L << 20;
  private static final long MICROS = 1_000_000;
  private static final double USUAL_RATE = 25;

  private final Source source;
  private final FFmpegFrameGrabber grabber;
  private final AVRational timeBase;
  private final long stepMicros;
  private final OptionalLong durationMicros;
  private final boolean endsWithPictures;
  private final MediaClock clock;
  private long decoded;
  private long micros;
  private long shownMicros;

  private Video(Source source, FFmpegFrameGrabber grabber, AVStream stream) {
    this.source = source;
    this.grabber = grabber;
    timeBase = stream.time_base();
    double rate = grabber.getVideoFrameRate();
    stepMicros = Math.round(MICROS / (rate >= 1e-3 && rate <= 1e4 ? rate : USUAL_RATE));
    durationMicros = duration(grabber.getFormatContext(), stream);
    endsWithPictures = stream.duration() > 0 || !grabber.hasAudio();
    clock = new MediaClock(stepMicros);
  }

  /**
   * Opens a file, or a URL of rtsp, rtmp, http or udp.
   *
   * @throws VideoException if it cannot be opened or holds no video
   */
  public static Video open(String source) throws VideoException {
    return open(source, TIMEOUT);
  }

  static Video open(String name, Duration timeout) throws VideoException {
    Source source = Source.of(name);
    FfmpegLog.apply();
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(source.address());
    grabber.setImageMode(FrameGrabber.ImageMode.RAW);
    grabber.setOptions(source.options(timeout));
    grabber.setVideoOption("max_pixels", Long.toString(MAX_PIXELS));
    try {
      grabber.start();
      return new Video(source, grabber, pictures(source, grabber));
    } catch (FrameGrabber.Exception | VideoException e) {
      VideoException failure = e instanceof VideoException known ? known : refusal(source, e);
      close(grabber);
      throw failure;
    }
  }

  /** Pictures a second as the container says, or a guess. */
  public double framesPerSecond() {
    return MICROS / (double) stepMicros;
  }

  /** What the container declares; a camera declares nothing. */
  public OptionalLong durationMicros() {
    return durationMicros;
  }

  /** Whether it comes from the network and has no end. */
  public boolean live() {
    return source.remote() && durationMicros.isEmpty();
  }

  /** Pictures decoded so far, sampled or not. */
  public long decoded() {
    return decoded;
  }

  /** The sampled frames; one reader only, since a video is decoded once. */
  public FrameReader sample(Sampling sampling) {
    return new FrameReader(this, sampling);
  }

  /** After its end: what is missing of it, in one line. */
  public Optional<String> damage() {
    long end = Math.max(clock.end(), micros + shownMicros);
    long missing = durationMicros.orElse(0) - end;
    if (!endsWithPictures || missing <= Math.max(2 * stepMicros, MICROS / 4)) {
      return Optional.empty();
    }
    return Optional.of(
        "video %s ends after %.1f s of the %.1f s that it declares; it is cut off or damaged"
            .formatted(source.name(), end / 1e6, durationMicros.orElse(0) / 1e6));
  }

  /** The next picture, valid until the next call; null at the end. */
  @Nullable AVFrame decode() throws VideoException {
    try {
      Frame frame = grabber.grabFrame(false, true, true, false, false);
      if (frame == null) {
        return end();
      }
      AVFrame picture = (AVFrame) frame.opaque;
      micros = clock.next(stamp(picture.best_effort_timestamp()));
      shownMicros = picture.duration() > 0 ? stamp(picture.duration()) : 0;
      decoded++;
      return picture;
    } catch (FrameGrabber.Exception e) {
      throw new VideoException(
          "video %s cannot be decoded: %s".formatted(source.name(), FfmpegError.text(e)), e);
    }
  }

  /** By how many quarters of a circle a picture is to be turned clockwise to stand upright. */
  int quarterTurns() {
    return Math.floorMod(Math.round(-grabber.getDisplayRotation() / 90), 4);
  }

  /** Time of the last decoded picture since the first one. */
  long micros() {
    return micros;
  }

  @Override
  public void close() {
    close(grabber);
  }

  private @Nullable AVFrame end() throws VideoException {
    if (decoded == 0) {
      throw new VideoException(
          "video %s has no frame that can be decoded; it is cut off, damaged or empty"
              .formatted(source.name()));
    }
    return null;
  }

  private long stamp(long pts) {
    return pts == AV_NOPTS_VALUE
        ? MediaClock.NONE
        : av_rescale(pts, MICROS * timeBase.num(), timeBase.den());
  }

  private static AVStream pictures(Source source, FFmpegFrameGrabber grabber)
      throws VideoException {
    int index = grabber.getVideoStream();
    if (!grabber.hasVideo() || index < 0) {
      throw new VideoException("video " + source.name() + " holds sound but no picture");
    }
    return grabber.getFormatContext().streams(index);
  }

  private static OptionalLong duration(AVFormatContext format, AVStream stream) {
    AVRational base = stream.time_base();
    if (stream.duration() > 0) {
      return OptionalLong.of(av_rescale(stream.duration(), MICROS * base.num(), base.den()));
    }
    boolean guessed = format.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE;
    return format.duration() > 0 && !guessed
        ? OptionalLong.of(format.duration())
        : OptionalLong.empty();
  }

  private static VideoException refusal(Source source, Exception cause) {
    String reason = FfmpegError.text(cause).replace(source.address(), source.name());
    return source.remote()
        ? new VideoException( // without the cause, whose message has the address and its password
            "video %s cannot be opened: %s; check the address".formatted(source.name(), reason))
        : new VideoException(
            "video %s is no video that can be read: %s; it is of another kind, cut off or damaged"
                .formatted(source.name(), reason),
            cause);
  }

  private static void close(FFmpegFrameGrabber grabber) {
    try {
      grabber.close();
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException("FFmpeg does not let go of a video", e);
    }
  }
}
