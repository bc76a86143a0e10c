package dev.flamingostreams.frames;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/** Encodes images as H.264 in an MP4 file. Not thread-safe. */
public final class VideoWriter implements AutoCloseable {
  private static final List<String> ENCODERS = List.of("libx264", "libopenh264");
  private static final int BYTES_PER_PIXEL = 3;

  private final Path file;
  private final int width;
  private final int height;
  private final FFmpegFrameRecorder recorder;
  private final BufferedImage converted;
  private final ByteBuffer pixels;

  /**
   * Opens the file, which is overwritten.
   *
   * @param width of the images in pixels, even
   * @param height of the images in pixels, even
   * @param framesPerSecond the images are this far apart in time
   * @param bitsPerSecond the quality to aim at
   * @throws IOException if the file cannot be written
   */
  public VideoWriter(Path file, int width, int height, double framesPerSecond, int bitsPerSecond)
      throws IOException {
    if (width < 2 || height < 2 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "H.264 wants an even width and height, not " + width + "x" + height);
    }
    this.file = file;
    this.width = width;
    this.height = height;
    converted = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    pixels = ByteBuffer.allocateDirect(BYTES_PER_PIXEL * width * height);
    recorder = recorder(file, width, height, framesPerSecond, bitsPerSecond);
    try {
      recorder.start();
    } catch (FrameRecorder.Exception e) {
      IOException failure = failure("cannot be opened", e);
      try (recorder) {
        throw failure;
      }
    }
  }

  /** Adds the next image; one of another size is scaled. */
  public void write(BufferedImage image) throws IOException {
    Graphics2D graphics = converted.createGraphics();
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    pixels.clear();
    pixels.put(((DataBufferByte) converted.getRaster().getDataBuffer()).getData()).flip();
    try {
      recorder.recordImage(
          width,
          height,
          Frame.DEPTH_UBYTE,
          BYTES_PER_PIXEL,
          BYTES_PER_PIXEL * width,
          AV_PIX_FMT_BGR24,
          pixels);
    } catch (FrameRecorder.Exception e) {
      throw failure("cannot take a frame", e);
    }
  }

  /** Completes the file. */
  @Override
  public void close() throws IOException {
    try (recorder) {
      recorder.stop();
    } catch (FrameRecorder.Exception e) {
      throw failure("cannot be completed", e);
    }
  }

  private static FFmpegFrameRecorder recorder(
      Path file, int width, int height, double framesPerSecond, int bitsPerSecond) {
    FfmpegLog.apply();
    FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), width, height);
    recorder.setFormat("mp4");
    recorder.setVideoCodec(AV_CODEC_ID_H264);
    recorder.setVideoCodecName(encoder());
    recorder.setPixelFormat(AV_PIX_FMT_YUV420P);
    recorder.setFrameRate(framesPerSecond);
    recorder.setGopSize((int) Math.max(1, Math.round(2 * framesPerSecond)));
    recorder.setVideoBitrate(bitsPerSecond);
    return recorder;
  }

  private static String encoder() {
    return ENCODERS.stream()
        .filter(name -> avcodec_find_encoder_by_name(name) != null)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("this build of FFmpeg has none of " + ENCODERS));
  }

  private IOException failure(String what, FrameRecorder.Exception cause) {
    return new IOException("video " + file + " " + what + ": " + cause.getMessage(), cause);
  }
}
