package dev.flamingostreams.engine;

import dev.flamingostreams.flamingo.CrossAttentionConfig.MediaMask;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checkpoints of the reference implementations, imported and run, give what the references gave:
 * features, latents, logits, likelihoods and generated tokens.
 */
class GoldenTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openflamingo-3b",
        "openflamingo-4b",
        "openflamingo-9b",
        "openflamingo-llama",
        "flamingo-mini",
        "flamingo-tiny"
      })
  void anImportedModelGivesWhatItsReferenceGave(String name) throws IOException {
    try (GoldenModel model = GoldenModel.open(name, MediaMask.IMMEDIATE, directory)) {
      model.compareMedia();
      model.compareTexts("");
    }
  }

  @ParameterizedTest
  @CsvSource({"immediate., IMMEDIATE", "all., ALL_BEFORE"})
  void theEncoderAndTheMasksOfThePaperGiveWhatTheirReferencesGave(String texts, MediaMask mask)
      throws IOException {
    try (GoldenModel model = GoldenModel.open("paper", mask, directory)) {
      model.compareMedia();
      model.compareTexts(texts);
    }
  }
}
