package dev.flamingostreams.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("weights.safetensors");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    float[] large = new float[600_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = i;
    }
    new SafetensorsWriter()
        .metadata("step", "12")
        .tensor("a", StoredType.F16, new long[] {3}, () -> new float[] {1, -2.5f, 0.1f})
        .tensor("large", StoredType.F32, new long[] {600, 1000}, () -> large)
        .tensor("scalar", StoredType.F32, new long[] {}, () -> new float[] {7})
        .tensor("none", StoredType.F32, new long[] {0, 4}, () -> new float[0])
        .write(file);

    Safetensors read = Safetensors.open(file);
    assertThat(read.metadata()).containsEntry("step", "12");
    assertThat(read.tensors())
        .extracting(StoredTensor::name)
        .containsExactly("a", "large", "scalar", "none");
    assertThat(read.floats("a")).containsExactly(1, -2.5f, 0.099975586f);
    assertThat(read.floats("large")).isEqualTo(large);
    assertThat(read.tensor("large").shape()).containsExactly(600L, 1000L);
    assertThat(read.floats("scalar")).containsExactly(7);
    assertThat(read.floats("none")).isEmpty();
    assertThat(read.tensor("a").offset() % 64).isZero();
    assertThat(directory).isDirectoryContaining(path -> path.equals(file));
    assertThat(directory.toFile().list()).hasSize(1);
  }

  @Test
  void everyTypeIsReadAsFloats() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(29).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(0.5).putShort((short) 0x3f80).putLong(-3).putInt(4).putShort((short) 5);
    data.put((byte) -6).put((byte) 200).put((byte) 1).flip();
    write(
        """
        {"f64":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},
         "bf16":{"dtype":"BF16","shape":[1],"data_offsets":[8,10]},
         "i64":{"dtype":"I64","shape":[1],"data_offsets":[10,18]},
         "i32":{"dtype":"I32","shape":[1],"data_offsets":[18,22]},
         "i16":{"dtype":"I16","shape":[1],"data_offsets":[22,24]},
         "i8":{"dtype":"I8","shape":[1],"data_offsets":[24,25]},
         "u8":{"dtype":"U8","shape":[1],"data_offsets":[25,26]},
         "bool":{"dtype":"BOOL","shape":[1],"data_offsets":[26,27]}}""",
        data.array());
    Safetensors read = Safetensors.open(file);
    assertThat(read.tensors().stream().map(tensor -> read.floats(tensor.name())[0]))
        .isEqualTo(List.of(0.5f, 1f, -3f, 4f, 5f, -6f, 200f, 1f));
  }

  @Test
  void aHeaderThatLiesAboutItsLengthIsRefusedBeforeMemoryIsSetAside() throws IOException {
    for (long claimed : new long[] {Long.MAX_VALUE, -1, 100_000_001, 1000, 1, 0}) {
      ByteBuffer bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(claimed);
      Files.write(file, bytes.array());
      assertRefused(
          "the header claims %s bytes, the file has 100 in all"
              .formatted(Long.toUnsignedString(claimed)));
    }
  }

  @Test
  void brokenFilesAreRefusedWithFileTensorAndFault() throws IOException {
    assertRefused("does not exist");
    Files.write(file, new byte[3]);
    assertRefused("is truncated: 3 bytes");
    write("{not json", new byte[0]);
    assertRefused("the header is not valid JSON");
    write("[]", new byte[0]);
    assertRefused("the header is not a JSON object");
    tensor("F8", "[1]", "[0,1]");
    assertRefused("tensor t has dtype 'F8', which is not supported");
    tensor("F32", "[-1]", "[0,4]");
    assertRefused("tensor t shape holds -1");
    tensor("F32", "[1.5]", "[0,4]");
    assertRefused("tensor t shape holds 1.5");
    tensor("F32", "7", "[0,4]");
    assertRefused("tensor t has no shape");
    tensor("F32", "[1]", "[4,0]");
    assertRefused("tensor t data_offsets [4, 0] are not a range");
    tensor("F32", "[2]", "[0,4]");
    assertRefused("tensor t has 4 bytes, which is not [2] of F32");
    tensor("F32", "[4611686018427387904,4]", "[0,0]");
    assertRefused("tensor t shape [4611686018427387904, 4] is too large");
    tensor("F32", "[100]", "[0,400]");
    assertRefused("tensor t ends at data byte 400, the file holds 16 (truncated?)");
    write(
        """
        {"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
         "u":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""",
        new byte[16]);
    assertRefused("tensor u overlaps tensor t");
    write(
        """
        {"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},
         "t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        new byte[16]);
    assertRefused("the header is not valid JSON: Duplicate field 't'");
  }

  @Test
  void aFileCutShortAfterItWasOpenedIsAnErrorThatNamesTheTensor() throws IOException {
    tensor("F32", "[4]", "[0,16]");
    Safetensors read = Safetensors.open(file);
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(cut.length() - 1);
    }
    assertThatThrownBy(() -> read.floats("t"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cannot read tensor t");
    assertThatThrownBy(() -> read.tensor("v")).hasMessage(file + " has no tensor named v");
  }

  @Test
  void whatCannotBeWrittenLeavesTheOldFileAlone() throws IOException {
    Files.writeString(file, "old");
    SafetensorsWriter tooLarge =
        new SafetensorsWriter()
            .tensor("t", StoredType.F16, new long[] {1}, () -> new float[] {70000});
    assertThatThrownBy(() -> tooLarge.write(file))
        .hasMessage("tensor t holds 70000.0, which no 16-bit float can: write it as F32");
    SafetensorsWriter tooFew =
        new SafetensorsWriter().tensor("t", StoredType.F32, new long[] {2}, () -> new float[1]);
    assertThatThrownBy(() -> tooFew.write(file))
        .hasMessage("tensor t has 1 values, its shape [2] says 2");
    assertThat(file).hasContent("old");
    assertThat(directory.toFile().list()).hasSize(1);
  }

  private void assertRefused(String fault) {
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(fault)
        .hasMessageContaining(file.toString());
  }

  private void tensor(String type, String shape, String offsets) throws IOException {
    String header =
        """
        {"t":{"dtype":"%s","shape":%s,"data_offsets":%s}}"""
            .formatted(type, shape, offsets);
    write(header, new byte[16]);
  }

  private void write(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(json.length).put(json).put(data).array());
  }
}
