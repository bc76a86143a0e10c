package dev.flamingostreams.checkpoints;

import java.nio.ByteBuffer;

/** Element types of safetensors files, under their names there. All are little-endian. */
public enum StoredType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** The next element of a little-endian buffer. */
  float read(ByteBuffer buffer) {
    return switch (this) {
      case F64 -> (float) buffer.getDouble();
      case F32 -> buffer.getFloat();
      case F16 -> HalfFloats.fromHalf(buffer.getShort());
      case BF16 -> HalfFloats.fromBrainFloat(buffer.getShort());
      case I64 -> buffer.getLong();
      case I32 -> buffer.getInt();
      case I16 -> buffer.getShort();
      case I8 -> buffer.get();
      case U8 -> Byte.toUnsignedInt(buffer.get());
      case BOOL -> buffer.get() == 0 ? 0 : 1;
    };
  }

  /** Appends an element; {@link #F32} and {@link #F16} only. */
  void write(float value, ByteBuffer buffer) {
    switch (this) {
      case F32 -> buffer.putFloat(value);
      case F16 -> buffer.putShort(HalfFloats.toHalf(value));
      default -> throw new IllegalArgumentException("write F32 or F16, not " + this);
    }
  }
}
