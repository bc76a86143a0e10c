package dev.flamingostreams.frames;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swscale.SWS_AREA;
import static org.bytedeco.ffmpeg.global.swscale.sws_alloc_context;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale_frame;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;

/**
 * Decoded pictures of any pixel format and size to BGR images, upright and no larger than asked
 * for.
 */
final class Scaler implements AutoCloseable {
  private static final int BYTES_PER_PIXEL = 3;

  private final int maxSide;
  private final int quarterTurns;
  private final SwsContext context = sws_alloc_context();
  private final AVFrame scaled = av_frame_alloc();

  /**
   * @param quarterTurns clockwise, 0 to 3
   */
  Scaler(int maxSide, int quarterTurns) {
    this.maxSide = maxSide;
    this.quarterTurns = quarterTurns;
    context.flags(SWS_AREA);
  }

  BufferedImage scale(AVFrame picture) throws VideoException {
    double factor = Math.min(1, maxSide / (double) Math.max(picture.width(), picture.height()));
    int width = (int) Math.max(1, Math.round(factor * picture.width()));
    int height = (int) Math.max(1, Math.round(factor * picture.height()));
    allocate(width, height);
    int result = sws_scale_frame(context, scaled, picture);
    if (result < 0) {
      throw new VideoException(
          "a picture of %dx%d cannot be converted: %s"
              .formatted(picture.width(), picture.height(), FfmpegError.text(result)));
    }
    return turned(image(width, height));
  }

  private void allocate(int width, int height) throws VideoException {
    if (scaled.width() == width && scaled.height() == height) {
      return;
    }
    av_frame_unref(scaled);
    scaled.width(width).height(height).format(AV_PIX_FMT_BGR24);
    int result = av_frame_get_buffer(scaled, 0);
    if (result < 0) {
      throw new VideoException("no memory for a picture of %dx%d".formatted(width, height));
    }
  }

  // The rows of a native picture are padded; those of an image are not.
  private BufferedImage image(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int stride = scaled.linesize(0);
    ByteBuffer rows = scaled.data(0).capacity((long) stride * height).asByteBuffer();
    for (int y = 0; y < height; y++) {
      rows.get(y * stride, pixels, y * width * BYTES_PER_PIXEL, width * BYTES_PER_PIXEL);
    }
    return image;
  }

  private BufferedImage turned(BufferedImage image) {
    if (quarterTurns == 0) {
      return image;
    }
    int width = quarterTurns % 2 == 0 ? image.getWidth() : image.getHeight();
    int height = quarterTurns % 2 == 0 ? image.getHeight() : image.getWidth();
    BufferedImage turned = new BufferedImage(width, height, image.getType());
    AffineTransform turn = new AffineTransform();
    turn.translate(width / 2.0, height / 2.0);
    turn.quadrantRotate(quarterTurns);
    turn.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
    Graphics2D graphics = turned.createGraphics();
    graphics.drawImage(image, turn, null);
    graphics.dispose();
    return turned;
  }

  @Override
  public void close() {
    av_frame_free(scaled);
    sws_freeContext(context);
  }
}
