package dev.flamingostreams.engine;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a clip looks like, coarsely: its vision features averaged over at most {@value #MOST_PARTS}
 * parts of its frames and {@value #MOST_CELLS} cells of the picture, folded to at most {@value
 * #MOST_CHANNELS} channels and rounded to a byte each. At most 8 KB; comparable between clips that
 * one model describes as one task asks, whatever their number of frames.
 */
public final class Signature {
  static final int MOST_PARTS = 4;
  static final int MOST_CELLS = 16;
  static final int MOST_CHANNELS = 128;

  private static final byte VERSION = 1;
  private static final int STEP = 4 + Long.BYTES;
  private static final int HEADER = STEP + Float.BYTES;
  private static final int CELLS_A_SIDE = 4;

  /** A byte reaches so many root mean squares; the few values beyond are cut. */
  private static final double REACH = 4;

  private final byte[] bytes; // version, parts, cells, channels, author, step, values

  private Signature(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @param features {@code [T, S, D]}, floats or half floats
   * @param frames T
   * @param tokens S, rows of a square first to last, or in any order that keeps neighbours together
   * @param width D
   * @param author of descriptions: what another one says is not to be repeated
   */
  static Signature of(Buffer features, int frames, int tokens, int width, long author) {
    int parts = Math.min(MOST_PARTS, frames);
    int cells = Math.min(MOST_CELLS, tokens);
    int channels = Math.min(MOST_CHANNELS, width);
    float[] sums = new float[parts * cells * channels];
    int[] counts = new int[parts * cells];
    float[] token = new float[width];
    for (int frame = 0; frame < frames; frame++) {
      for (int place = 0; place < tokens; place++) {
        Features.read(features, (frame * tokens + place) * width, token);
        int block = frame * parts / frames * cells + cell(place, tokens, cells);
        counts[block]++;
        fold(token, sums, block * channels, channels);
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] /= counts[i / channels];
    }
    return quantised(sums, parts, cells, channels, author);
  }

  /** Of bytes that {@link #toBytes} gave. */
  public static Signature fromBytes(byte[] bytes) {
    return new Signature(bytes.clone());
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  /**
   * The largest difference in any part and cell, relative to the length of an average one; 0 for
   * equal pictures, about 1.4 for unrelated ones, infinite for signatures of another shape or
   * author.
   */
  public double distance(Signature other) {
    if (!Arrays.equals(bytes, 0, STEP, other.bytes, 0, STEP) || bytes[0] != VERSION) {
      return Double.POSITIVE_INFINITY;
    }
    int channels = bytes[3] & 0xff;
    double length = 0;
    double most = 0;
    for (int from = HEADER; from < bytes.length; from += channels) {
      double difference = 0;
      for (int i = from; i < from + channels; i++) {
        double mine = bytes[i] * step();
        double its = other.bytes[i] * other.step();
        difference += (mine - its) * (mine - its);
        length += (mine * mine + its * its) / 2;
      }
      most = Math.max(most, difference);
    }
    int blocks = (bytes.length - HEADER) / channels;
    return most == 0 ? 0 : Math.sqrt(most * blocks / length);
  }

  private float step() {
    return ByteBuffer.wrap(bytes).getFloat(STEP);
  }

  private static int cell(int place, int tokens, int cells) {
    int side = (int) Math.round(Math.sqrt(tokens));
    if (cells < MOST_CELLS || side * side != tokens) {
      return place * cells / tokens;
    }
    int row = place / side * CELLS_A_SIDE / side;
    return row * CELLS_A_SIDE + place % side * CELLS_A_SIDE / side;
  }

  /** Adds channels up with signs that know nothing of them, which keeps distances on average. */
  private static void fold(float[] token, float[] sums, int at, int channels) {
    for (int i = 0; i < token.length; i++) {
      boolean minus = token.length > channels && i * 0x9E3779B9 < 0;
      sums[at + i % channels] += minus ? -token[i] : token[i];
    }
  }

  private static Signature quantised(
      float[] values, int parts, int cells, int channels, long author) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    float step =
        (float) (REACH * Math.sqrt(squares / values.length) / Byte.MAX_VALUE + Float.MIN_NORMAL);
    ByteBuffer out = ByteBuffer.allocate(HEADER + values.length);
    out.put(VERSION).put((byte) parts).put((byte) cells).put((byte) channels);
    out.putLong(author).putFloat(step);
    for (float value : values) {
      int rounded = Math.round(value / step);
      out.put((byte) Math.max(-Byte.MAX_VALUE, Math.min(Byte.MAX_VALUE, rounded)));
    }
    return new Signature(out.array());
  }
}
