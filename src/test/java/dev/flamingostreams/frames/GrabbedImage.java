package dev.flamingostreams.frames;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import org.bytedeco.javacv.Frame;

/** Turns what an FFmpegFrameGrabber in image mode COLOR has grabbed into an image. */
final class GrabbedImage {
  private static final int BYTES_PER_PIXEL = 3;

  private GrabbedImage() {}

  /**
   * A copy of a frame of BGR pixels.
   *
   * <p>JavaCV divides the padded row by the width to learn the number of channels, and finds four
   * in frames 96 or 144 pixels wide, which its own converter then garbles.
   */
  static BufferedImage copy(Frame frame) {
    int width = frame.imageWidth;
    int height = frame.imageHeight;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    ByteBuffer rows = (ByteBuffer) frame.image[0];
    int row = BYTES_PER_PIXEL * width;
    for (int y = 0; y < height; y++) {
      rows.get(y * frame.imageStride, pixels, y * row, row);
    }
    return image;
  }
}
