package dev.flamingostreams.checkpoints;

/** IEEE 754 binary16 and bfloat16; {@code Float.float16ToFloat} came with Java 20. */
public final class HalfFloats {
  /** The largest finite half. */
  static final float MAX = 65504;

  private static final float SUBNORMAL_UNIT = 0x1p-24f;
  private static final float SMALLEST_NORMAL = 0x1p-14f;

  private HalfFloats() {}

  public static float fromHalf(short half) {
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    int sign = (half & 0x8000) << 16;
    if (exponent == 0) {
      return Math.copySign(fraction * SUBNORMAL_UNIT, Float.intBitsToFloat(sign | 0x3f800000));
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
  }

  /** Rounds to nearest, ties to even; what is too large becomes infinite. */
  static short toHalf(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(magnitude / SUBNORMAL_UNIT));
    }
    if (magnitude >= MAX + 16) {
      return (short) (sign | 0x7c00);
    }
    int rebiased = (bits & 0x7fffffff) - ((127 - 15) << 23);
    int rounded = rebiased + 0xfff + ((rebiased >> 13) & 1);
    return (short) (sign | (rounded >> 13));
  }

  static float fromBrainFloat(short value) {
    return Float.intBitsToFloat(value << 16);
  }
}
