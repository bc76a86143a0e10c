package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.CompiledAgreement.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledAgreementTest {
  private static final int CLIPS = 3;

  @TempDir private Path directory;

  @Test
  void countsClipsOfWhichEveryTokenIsTheSame() {
    CompiledAgreement agreement =
        CompiledAgreement.of(
            new Result("a", new int[] {1, 2, 3, 4, 5, 6}, new float[] {1}),
            new Result("b", new int[] {1, 2, 3, 5, 5, 6}, new float[] {1}),
            CLIPS);

    assertThat(agreement).isEqualTo(new CompiledAgreement("a", "b", CLIPS, 2, 0));
  }

  @Test
  void theErrorIsRelativeToTheLargestLogit() {
    CompiledAgreement agreement =
        CompiledAgreement.of(
            new Result("a", new int[CLIPS], new float[] {-4, 1}),
            new Result("b", new int[CLIPS], new float[] {-4, 1.5f}),
            CLIPS);

    assertThat(agreement.logitsError()).isCloseTo(0.125, Offset.offset(1e-9));
  }

  @Test
  void clipsOfAnotherModelAreNotCountedAsEqual() throws Exception {
    RandomModel.write(directory, RandomModel.TINY, StoredType.F32);
    Result expected = described();
    assertThat(CompiledAgreement.of(expected, described(), CLIPS))
        .extracting(CompiledAgreement::equal, CompiledAgreement::logitsError)
        .containsExactly(CLIPS, 0.0);

    changeWeights();
    CompiledAgreement agreement = CompiledAgreement.of(expected, described(), CLIPS);
    assertThat(agreement.equal()).isZero();
    assertThat(agreement.logitsError()).isGreaterThan(0.02);
    assertThat(agreement.version()).startsWith("onnxruntime ").endsWith(" cpu");
  }

  private Result described() {
    int side = RandomModel.TINY.vision().inputSize();
    float[] pixels = new float[CLIPS * 3 * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) Math.sin(i);
    }
    EngineOptions options =
        EngineOptions.defaults().withChoice(EngineChoice.auto().withKind(EngineKind.ONNXRUNTIME));
    return Result.of(
        ModelDirectory.open(directory),
        options,
        new ModelPath.Work(CLIPS, 1, pixels, new long[] {0}, new int[] {2}));
  }

  /** Turns the sign of every weight. */
  private void changeWeights() throws Exception {
    Path file = directory.resolve(ModelDirectory.WEIGHTS);
    byte[] bytes = Files.readAllBytes(file);
    int header = (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8 | (bytes[2] & 0xff) << 16;
    for (int i = 8 + header + 3; i < bytes.length; i += 4) {
      bytes[i] ^= (byte) 0x80;
    }
    Files.write(file, bytes);
  }
}
