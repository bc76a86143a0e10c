package dev.flamingostreams.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.engine.ModelPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The clips of a benchmark as files, for another program to measure the same: {@code
 * clips-BATCH-FRAMES.bin} of little-endian floats {@code [batch, frames, 3, H, W]}, normalised, and
 * {@code .json} beside it with the capture times in microseconds.
 */
final class ClipFiles {
  private static final int PIECE = 1 << 20;

  private ClipFiles() {}

  static void write(ModelPath.Work work, Path directory) throws IOException {
    Files.createDirectories(directory);
    String name = "clips-%d-%d".formatted(work.clips(), work.frames());
    new JsonMapper()
        .writeValue(
            directory.resolve(name + ".json").toFile(),
            Map.of("captureMicros", work.captureMicros()));
    write(work.pixels(), directory.resolve(name + ".bin"));
  }

  private static void write(float[] values, Path file) throws IOException {
    ByteBuffer piece =
        ByteBuffer.allocate(Float.BYTES * Math.min(PIECE, values.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int from = 0; from < values.length; from += PIECE) {
        int count = Math.min(PIECE, values.length - from);
        piece.asFloatBuffer().put(values, from, count);
        out.write(piece.array(), 0, Float.BYTES * count);
      }
    }
  }
}
