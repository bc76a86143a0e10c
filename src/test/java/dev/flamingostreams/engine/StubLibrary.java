package dev.flamingostreams.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The smallest libraries that the linker of linux-x86_64 loads, for machines without a C compiler:
 * a segment with the functions and their names, one that the linker writes to, and no other.
 */
public final class StubLibrary {
  private static final int CODE = 0x1000;
  private static final int DYNAMIC = 0x2000;
  private static final int SECTIONS = DYNAMIC + 0x100;
  private static final int BYTES = SECTIONS + 3 * 64;
  private static final int SYMBOLS = 0x200;
  private static final int SYMBOL_BYTES = 24;
  private static final int CODE_BYTES = 16;

  /** A function of C's. */
  public record Function(String name, byte[] code) {

    /** One that returns a number. */
    public static Function returns(String name, int value) {
      byte[] code = new byte[6];
      littleEndian(code).put((byte) 0xb8).putInt(value).put((byte) 0xc3);
      return new Function(name, code);
    }

    /** One that writes a number to where its first argument points, and returns 0. */
    public static Function writes(String name, int value) {
      byte[] code = {(byte) 0xc7, 0x07, 0, 0, 0, 0, 0x31, (byte) 0xc0, (byte) 0xc3};
      littleEndian(code).putInt(2, value);
      return new Function(name, code);
    }
  }

  private StubLibrary() {}

  public static Path write(Path file, Function... functions) throws IOException {
    return Files.write(file, library(List.of(functions)));
  }

  private static byte[] library(List<Function> functions) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    names.write(0);
    byte[] library = new byte[BYTES];
    ByteBuffer file = littleEndian(library);
    int count = functions.size() + 1; // the first symbol is none
    for (int i = 1; i < count; i++) {
      Function function = functions.get(i - 1);
      int code = CODE + i * CODE_BYTES;
      file.position(SYMBOLS + i * SYMBOL_BYTES);
      file.putInt(names.size()).put((byte) 0x12).put((byte) 0).putShort((short) 1);
      file.putLong(code).putLong(CODE_BYTES);
      file.position(code).put(function.code());
      names.writeBytes((function.name() + "\0").getBytes(US_ASCII));
    }
    int hash = SYMBOLS + count * SYMBOL_BYTES;
    chain(file.position(hash), count);
    int strings = file.position();
    file.put(names.toByteArray());
    dynamic(file.position(DYNAMIC), hash, strings, names.size());
    sections(file.position(SECTIONS), count, strings, names.size());
    header(file.position(0));
    return library;
  }

  /** One bucket, in which each symbol leads to the next. */
  private static void chain(ByteBuffer file, int count) {
    file.putInt(1).putInt(count).putInt(1).putInt(0);
    for (int i = 1; i < count; i++) {
      file.putInt((i + 1) % count);
    }
  }

  private static void dynamic(ByteBuffer file, int hash, int strings, int stringBytes) {
    file.putLong(4).putLong(hash).putLong(5).putLong(strings).putLong(6).putLong(SYMBOLS);
    file.putLong(10).putLong(stringBytes).putLong(11).putLong(SYMBOL_BYTES);
  }

  private static void sections(ByteBuffer file, int count, int strings, int stringBytes) {
    section(file.position(SECTIONS + 64), 11, SYMBOLS, count * SYMBOL_BYTES);
    section(file.position(SECTIONS + 128), 3, strings, stringBytes);
    file.putInt(SECTIONS + 64 + 40, 2); // the names of the symbols
  }

  private static void section(ByteBuffer file, int type, int at, int bytes) {
    file.putInt(0).putInt(type).putLong(2).putLong(at).putLong(at).putLong(bytes);
  }

  private static void header(ByteBuffer file) {
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    file.putShort((short) 3).putShort((short) 62).putInt(1).putLong(0).putLong(64);
    file.putLong(SECTIONS).putInt(0).putShort((short) 64).putShort((short) 56).putShort((short) 4);
    file.putShort((short) 64).putShort((short) 3).putShort((short) 0);
    segment(file, 1, 5, 0, DYNAMIC);
    segment(file, 1, 6, DYNAMIC, BYTES - DYNAMIC);
    segment(file, 2, 6, DYNAMIC, 0x100);
    segment(file, 0x6474e551, 6, 0, 0); // a stack that is not executable
  }

  private static void segment(ByteBuffer file, int type, int access, int at, int bytes) {
    file.putInt(type).putInt(access).putLong(at).putLong(at).putLong(at);
    file.putLong(bytes).putLong(bytes).putLong(0x1000);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
