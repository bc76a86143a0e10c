package dev.flamingostreams.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("checkpoint.pt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"types", "views", "training", "tied"})
  void whatTorchSavesIsReadAsSafetensorsHasIt(String name) {
    assertSame(Fixtures.file(name + ".pt"), Fixtures.file(name + ".safetensors"));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void everyPickleProtocolIsRead(int protocol) {
    Path pickled = Fixtures.file("types-protocol-%d.pt".formatted(protocol));
    assertSame(pickled, Fixtures.file("types.safetensors"));
  }

  private static void assertSame(Path torch, Path safetensors) {
    Checkpoint read = Checkpoints.open(torch);
    Checkpoint expected = Checkpoints.open(safetensors);
    assertThat(read.names()).containsExactlyInAnyOrderElementsOf(expected.names());
    for (CheckpointTensor tensor : expected.tensors()) {
      String name = tensor.name();
      assertThat(read.tensor(name).type()).as(name).isEqualTo(tensor.type());
      assertThat(read.tensor(name).shape()).as(name).isEqualTo(tensor.shape());
      assertThat(read.tensor(name).elements()).as(name).isEqualTo(tensor.elements());
      assertThat(read.floats(name)).as(name).isEqualTo(expected.floats(name));
    }
  }

  @Test
  void tensorsComeInTheOrderOfTheFile() {
    assertThat(Checkpoints.open(Fixtures.file("training.pt")).names())
        .startsWith("0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean");
  }

  @Test
  void dictionariesInsideGiveNamesWithDots() throws IOException {
    Pickle pickle = new Pickle().op('}').text("vision").op('}').text("t").tensor(2, 0, 2, 1);
    write(Zip.of(pickle.op('s', 's').end(), floats(1, 2)));
    assertThat(Checkpoints.open(file).floats("vision.t")).containsExactly(1, 2);
  }

  @Test
  void aFileOfMoreThanFourGigabytesIsRead() throws IOException {
    Zip.writeLarge(file, Pickle.ofOneTensor(), floats(3, 4), 5L << 30);
    assertThat(Files.size(file)).isGreaterThan(5L << 30);
    assertThat(Checkpoints.open(file).floats("t")).containsExactly(3, 4);
  }

  @Test
  void filesFromBeforeTorch16AreRefusedWithTheFix() {
    assertThatThrownBy(() -> Checkpoints.open(Fixtures.file("legacy.pt")))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith(
            "legacy.pt: this is the format from before PyTorch 1.6: torch.load it and torch.save it"
                + " again with PyTorch 1.6 or newer");
  }

  @Test
  void whatIsNoZipOrCutShortIsRefused() throws IOException {
    Files.write(file, new byte[3]);
    assertRefused("the file is truncated: 3 bytes");
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1");
    assertRefused("this is not a file that torch.save has written");
    byte[] whole = Files.readAllBytes(Fixtures.file("training.pt"));
    for (int length = 4; length < whole.length; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused("the zip archive is broken");
    }
    assertThatThrownBy(() -> TorchFile.open(directory.resolve("no.pt")))
        .hasMessage(directory.resolve("no.pt") + " does not exist");
  }

  @Test
  void aFileCutShortAfterItWasOpenedIsAnErrorThatNamesTheTensor() throws IOException {
    write(Zip.of(Pickle.ofOneTensor(), floats(1, 2)));
    Checkpoint checkpoint = Checkpoints.open(file);
    Files.write(file, new byte[10]);
    assertThatThrownBy(() -> checkpoint.floats("t"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("cannot read tensor t");
    assertThatThrownBy(() -> checkpoint.floats("u")).hasMessage(file + " has no tensor named u");
  }

  @Test
  void compressedEntriesAreRefused() throws IOException {
    Zip.Entry bomb = new Zip.Entry("x/data/0", 8, 8, 1L << 31, 0);
    write(new Zip().lie(bomb, new byte[8]).add("x/data.pkl", Pickle.ofOneTensor()));
    assertRefused("entry x/data/0 is compressed or encrypted, which torch.save never does");
  }

  @Test
  void entriesThatLieAreRefused() throws IOException {
    write(oneEntry(8, 1 << 30));
    assertRefused("entry x/data/0 has two lengths, 1073741824 and 8");
    write(oneEntry(1 << 30, 1 << 30));
    assertRefused("data for x/data/0 overlaps with central directory");
    Zip overlapping = Zip.of(Pickle.ofOneTensor(), floats(1, 2));
    write(overlapping.lie(new Zip.Entry("x/data/1", 0, 100, 100, 0), new byte[0]));
    assertRefused("overlaps another");
    write(Zip.of(Pickle.ofOneTensor(), floats(1, 2)).add("x/data/0", floats(3, 4)));
    assertRefused("entry x/data/0 is there twice");
  }

  private static Zip oneEntry(long packed, long length) {
    return new Zip()
        .lie(new Zip.Entry("x/data/0", 0, packed, length, 0), new byte[8])
        .add("x/data.pkl", Pickle.ofOneTensor());
  }

  @Test
  void anArchiveWithoutWhatItNeedsIsRefused() throws IOException {
    write(new Zip().add("x/data/0", floats(1, 2)));
    assertRefused("the archive has 0 entries NAME/data.pkl, a PyTorch file has one");
    write(Zip.of(Pickle.ofOneTensor(), floats(1, 2)).add("y/data.pkl", Pickle.ofOneTensor()));
    assertRefused("the archive has 2 entries NAME/data.pkl");
    write(new Zip().add("x/data.pkl", Pickle.ofOneTensor()));
    assertRefused("entry x/data/0 is missing");
    write(
        Zip.of(Pickle.ofOneTensor(), floats(1, 2)).add("x/byteorder", new byte[] {'b', 'i', 'g'}));
    assertRefused("byte order 'big' is not read");
  }

  @Test
  void aStorageThatIsNotAsLongAsThePickleSaysIsRefused() throws IOException {
    write(Zip.of(Pickle.ofOneTensor(), floats(1)));
    assertRefused("entry x/data/0 has 4 bytes, the pickle says 2 elements of F32");
    write(Zip.of(Pickle.ofOneTensor(), floats(1, 2, 3)));
    assertRefused("entry x/data/0 has 12 bytes, the pickle says 2 elements of F32");
  }

  private void write(Zip zip) throws IOException {
    Files.write(file, zip.bytes());
  }

  private void assertRefused(String fault) {
    assertThatThrownBy(() -> Checkpoints.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(fault)
        .hasMessageContaining(file.toString())
        .message()
        .doesNotContain("\n");
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
