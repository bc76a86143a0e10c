package dev.flamingostreams.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.LanguageConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageLayoutTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lm-gpt-neox-parallel",
        "lm-gpt-neox-serial",
        "lm-llama-grouped",
        "lm-mosaic-gpt",
        "lm-mosaic-gpt-biases",
        "lm-mpt-6-heads",
        "lm-mpt-biases",
        "lm-opt-norm-first",
        "lm-opt-norm-last"
      })
  void makesEveryWeightOfEveryTensor(String golden) {
    LanguageAlone language = LanguageAlone.of(Golden.of(golden).directory());

    assertThat(language.config().vocabulary()).isEqualTo(288);
    assertThat(language.weights()).containsKey("language.embeddings");
  }

  @Test
  void readsRotaryPositionsAndTheResidual() {
    LanguageAlone language = LanguageAlone.of(Golden.of("lm-gpt-neox-parallel").directory());

    assertThat(language.config())
        .isEqualTo(
            new LanguageConfig.GptNeoX(
                288, 32, 2, 2, 128, 64, false, Activation.GELU, 0.25, 10000, true, 1e-5));
  }

  @Test
  void readsNormsAndProjectionsOfTheSmallOpt() {
    LanguageAlone language = LanguageAlone.of(Golden.of("lm-opt-norm-last").directory());

    assertThat(language.config())
        .isEqualTo(
            new LanguageConfig.Opt(288, 32, 2, 4, 128, 64, true, Activation.RELU, false, 16));
    assertThat(language.weights()).doesNotContainKey("language.norm.weight");
  }

  @Test
  void readsGroupsOfKeys() {
    LanguageAlone language = LanguageAlone.of(Golden.of("lm-llama-grouped").directory());

    assertThat(language.config())
        .isEqualTo(new LanguageConfig.Llama(288, 32, 2, 4, 2, 8, 88, 64, false, 10000, 1e-6));
  }

  @Test
  void readsClippingAndBiasesOfMpt() {
    LanguageAlone language = LanguageAlone.of(Golden.of("lm-mpt-biases").directory());

    assertThat(language.config())
        .isEqualTo(new LanguageConfig.Mpt(288, 32, 2, 4, 128, 64, true, true, true, false, 1.5, 8));
  }
}
