package dev.flamingostreams.clips;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Width and height as the header of a JPEG or PNG states them, without decoding the image.
 *
 * @param scans of a JPEG, 1 of a PNG
 */
record ImageHeader(int width, int height, int scans) {
  static final int MOST_SIDE = 16_384;
  static final long MOST_PIXELS = 50_000_000;

  /**
   * A decoder goes over the whole picture for each scan, and an empty one takes 14 bytes. Encoders
   * make 3 to 12.
   */
  static final int MOST_SCANS = 32;

  static final long MOST_SCANNED = 10 * MOST_PIXELS;

  private static final int JPEG_START = 0xFFD8;
  private static final int JPEG_SCAN = 0xDA;
  private static final int JPEG_END = 0xD9;
  private static final byte FILL = (byte) 0xFF;
  private static final long PNG_START = 0x89504E470D0A1A0AL;
  private static final int PNG_IHDR = 0x49484452;

  /** What is wrong with an image, or nothing if its header promises one that can be decoded. */
  static Optional<String> fault(byte[] image) {
    Optional<ImageHeader> header = read(image);
    if (header.isEmpty()) {
      return Optional.of("neither the header of a JPEG nor of a PNG image");
    }
    int width = header.get().width;
    int height = header.get().height;
    boolean sane =
        width > 0
            && height > 0
            && width <= MOST_SIDE
            && height <= MOST_SIDE
            && (long) width * height <= MOST_PIXELS;
    if (!sane) {
      return Optional.of(
          "an image of %d×%d pixels; the most are %d a side and %d in all"
              .formatted(width, height, MOST_SIDE, MOST_PIXELS));
    }
    int scans = header.get().scans;
    return scans <= MOST_SCANS && (long) width * height * scans <= MOST_SCANNED
        ? Optional.empty()
        : Optional.of(
            "a JPEG of %d×%d pixels in %d scans; the most are %d scans, and %d pixels in all of them"
                .formatted(width, height, scans, MOST_SCANS, MOST_SCANNED));
  }

  private static Optional<ImageHeader> read(byte[] image) {
    ByteBuffer in = ByteBuffer.wrap(image);
    if (image.length >= 24 && in.getLong(0) == PNG_START && in.getInt(12) == PNG_IHDR) {
      return Optional.of(new ImageHeader(in.getInt(16), in.getInt(20), 1));
    }
    if (image.length >= 4 && unsigned(in, 0) == JPEG_START) {
      return frameOfJpeg(in.position(2));
    }
    return Optional.empty();
  }

  // Segments: FF, marker, length with itself, body. The frame header says the size.
  private static Optional<ImageHeader> frameOfJpeg(ByteBuffer in) {
    while (in.remaining() >= 4) {
      if ((in.get() & 0xFF) != 0xFF) {
        return Optional.empty();
      }
      int marker = in.get() & 0xFF;
      if (marker == 0xFF) {
        in.position(in.position() - 1); // fill byte
        continue;
      }
      int length = unsigned(in, in.position());
      if (length < 2 || length > in.remaining()) {
        return Optional.empty();
      }
      if (isFrame(marker)) {
        int at = in.position();
        return length < 8
            ? Optional.empty()
            : Optional.of(
                new ImageHeader(
                    unsigned(in, at + 5), unsigned(in, at + 3), scans(in, at + length)));
      }
      in.position(in.position() + length);
    }
    return Optional.empty();
  }

  // As decoders read: what is no marker is passed over, and what is behind the end is not read.
  private static int scans(ByteBuffer in, int from) {
    int scans = 0;
    int at = from;
    while (true) {
      at = behindMarker(in, at);
      if (at > in.limit() - 2) {
        return scans;
      }
      int marker = in.get(at - 1) & 0xFF;
      if (marker == JPEG_END) {
        return scans;
      }
      if (!standsAlone(marker)) {
        scans += marker == JPEG_SCAN ? 1 : 0;
        at += Math.max(2, unsigned(in, at));
      }
    }
  }

  private static int behindMarker(ByteBuffer in, int from) {
    int at = from;
    while (at < in.limit() && in.get(at) != FILL) {
      at++;
    }
    while (at < in.limit() && in.get(at) == FILL) {
      at++;
    }
    return at + 1;
  }

  /** Whether it has no length: a byte of a scan, a place to begin again, the beginning. */
  private static boolean standsAlone(int marker) {
    return marker <= 1 || (marker >= 0xD0 && marker <= 0xD8);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0
        && marker <= 0xCF
        && marker != 0xC4 // Huffman tables
        && marker != 0xC8 // reserved
        && marker != 0xCC; // arithmetic conditioning
  }

  private static int unsigned(ByteBuffer in, int at) {
    return in.getShort(at) & 0xFFFF;
  }
}
