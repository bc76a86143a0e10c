package dev.flamingostreams.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes pickles byte by byte, such as torch.save does not. */
final class Pickle {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A state_dict of one tensor t of two floats in storage 0. */
  static byte[] ofOneTensor() {
    return new Pickle().op(0x80, 2, '}').text("t").tensor(2, 0, 2, 1).op('s').end();
  }

  Pickle op(int... opcodes) {
    for (int opcode : opcodes) {
      bytes.write(opcode);
    }
    return this;
  }

  Pickle text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return op('X').int32(utf8.length).raw(utf8);
  }

  Pickle number(long number) {
    ByteBuffer buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number);
    return op(0x8a, 8).raw(buffer.array());
  }

  Pickle global(String module, String name) {
    return op('c').raw((module + "\n" + name + "\n").getBytes(UTF_8));
  }

  Pickle int32(int number) {
    return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
  }

  Pickle raw(byte[] raw) {
    bytes.writeBytes(raw);
    return this;
  }

  /** A tensor of one dimension in storage 0, whose elements are floats. */
  Pickle tensor(long stored, long offset, long size, long stride) {
    return tensor(stored, offset, new long[] {size}, new long[] {stride});
  }

  Pickle tensor(long stored, long offset, long[] shape, long[] strides) {
    global("torch._utils", "_rebuild_tensor_v2").op('(').storage("0", stored).number(offset);
    return numbers(shape).numbers(strides).op(0x89, '}', 't', 'R');
  }

  Pickle storage(String key, long elements) {
    op('(').text("storage").global("torch", "FloatStorage").text(key).text("cpu");
    return number(elements).op('t', 'Q');
  }

  private Pickle numbers(long[] numbers) {
    op('(');
    for (long number : numbers) {
      number(number);
    }
    return op('t');
  }

  byte[] end() {
    return op('.').bytes.toByteArray();
  }
}
