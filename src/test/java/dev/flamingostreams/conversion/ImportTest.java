package dev.flamingostreams.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.checkpoints.Tokenizer;
import dev.flamingostreams.engine.ModelCheck;
import dev.flamingostreams.flamingo.Activation;
import dev.flamingostreams.flamingo.CrossAttentionConfig;
import dev.flamingostreams.flamingo.CrossAttentionConfig.MediaMask;
import dev.flamingostreams.flamingo.Decoding;
import dev.flamingostreams.flamingo.FlamingoConfig;
import dev.flamingostreams.flamingo.LanguageConfig;
import dev.flamingostreams.flamingo.Preprocessing;
import dev.flamingostreams.flamingo.ResamplerConfig;
import dev.flamingostreams.flamingo.SpecialTokens;
import dev.flamingostreams.flamingo.VisionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path directory;

  private ModelDirectory imported(String golden) throws IOException {
    return Golden.of(golden).importer().to(directory.resolve("model"), ImportOptions.of("golden"));
  }

  private FlamingoConfig config(String golden) throws IOException {
    return ModelCheck.of(imported(golden)).config();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openflamingo-3b",
        "openflamingo-4b",
        "openflamingo-9b",
        "openflamingo-llama",
        "paper",
        "flamingo-mini",
        "flamingo-tiny"
      })
  void makesAWholeModelWithTheTokensOfTheReference(String golden) throws IOException {
    ModelCheck check = ModelCheck.of(imported(golden));

    assertThat(check.faults()).isEmpty();
    assertThat(check.surplus()).isEmpty();
    JsonNode tokens = JSON.readTree(Golden.of(golden).path("golden.json").toFile()).path("tokens");
    SpecialTokens made = check.config().tokens();
    assertThat(made.end()).isEqualTo(tokens.path("end").asInt());
    assertThat(made.pad()).isEqualTo(tokens.path("pad").asInt());
    assertThat(check.config().language().vocabulary()).isEqualTo(tokens.path("vocabulary").asInt());
    if (tokens.has("image")) {
      assertThat(made.image()).isEqualTo(tokens.path("image").asInt());
    } else {
      assertThat(made.image()).isEqualTo(tokens.path("media").path(0).asInt());
      assertThat(made.spacedImage()).isEqualTo(tokens.path("media").path(1).asInt());
    }
  }

  @Test
  void takesTheSizesOfOpenFlamingoFromItsTensors() throws IOException {
    FlamingoConfig config = config("openflamingo-9b");

    assertThat(config.resampler())
        .isEqualTo(new ResamplerConfig(4, 1, 2, 64, 128, Activation.GELU, 0, 0));
    assertThat(config.crossAttention())
        .isEqualTo(
            new CrossAttentionConfig(3, 4, 2, 64, 128, Activation.GELU, MediaMask.IMMEDIATE));
    assertThat(config.language())
        .isEqualTo(new LanguageConfig.Mpt(291, 32, 4, 4, 128, 64, true, false, false, false, 0, 8));
    assertThat(config.vision())
        .isEqualTo(
            new VisionConfig.Clip(
                32,
                new Preprocessing(
                    Preprocessing.Resize.CROP,
                    1,
                    Preprocessing.CropRounding.HALF_EVEN,
                    ClipLayout.MEAN,
                    ClipLayout.STD),
                8,
                32,
                2,
                2,
                128,
                Activation.QUICK_GELU,
                false,
                false));
    assertThat(config.decoding()).isEqualTo(new Decoding(20, 0, 3, 0, 0));
    assertThat(config.unsureBelow()).isEqualTo(FlamingoConfig.NEVER_UNSURE);
  }

  @Test
  void takesTheSizesOfFlamingoMiniFromItsConfig() throws IOException {
    FlamingoConfig config = config("flamingo-tiny");

    assertThat(config.resampler())
        .isEqualTo(new ResamplerConfig(5, 2, 3, 16, 64, Activation.RELU, 4, 0));
    assertThat(config.crossAttention())
        .isEqualTo(
            new CrossAttentionConfig(
                0, 2, 2, 16, 128, Activation.SQUARED_RELU, MediaMask.IMMEDIATE));
    assertThat(((VisionConfig.Clip) config.vision()).classToken()).isTrue();
    assertThat(config.vision().preprocessing().cropRounding())
        .isEqualTo(Preprocessing.CropRounding.DOWN);
    assertThat(config.tokens().begin()).isEqualTo(2);
  }

  @Test
  void readsTheDepthsOfAnNfNetOffItsTensors() throws IOException {
    VisionConfig.NfNet vision = (VisionConfig.NfNet) config("paper").vision();

    assertThat(vision.depths()).containsExactly(1, 2, 1, 1);
    assertThat(vision.channels()).containsExactly(24, 32, 24, 24);
    assertThat(vision.groupWidth()).isEqualTo(4);
    assertThat(vision.preprocessing().resize()).isEqualTo(Preprocessing.Resize.CROP);
    assertThat(vision.preprocessing().cropFraction()).isEqualTo(0.9);
  }

  @Test
  void splitsWhatIsFusedAndTurnsMatricesRound() throws IOException {
    ModelDirectory model = imported("openflamingo-4b");
    Golden golden = Golden.of("openflamingo-4b");

    float[] fused = golden.language().floats("gpt_neox.layers.1.attention.query_key_value.weight");
    float[] key = model.weights().floats("language.blocks.1.attention.key.weight");
    // head 1 of 2 with width 16: its keys follow its queries
    int row = 1 * 3 * 16 + 16 + 5;
    int column = 7;
    assertThat(key[column * 32 + 16 + 5]).isEqualTo(fused[row * 32 + column]);
  }

  @Test
  void prefersTheEmbeddingsThatFlamingoTrained() throws IOException {
    ModelDirectory model = imported("openflamingo-9b");

    assertThat(model.weights().floats("language.embeddings"))
        .isEqualTo(
            Golden.of("openflamingo-9b").flamingo().floats("lang_encoder.transformer.wte.weight"));
  }

  @Test
  void addsTheTokensToTheTokenizer() throws IOException {
    try (Tokenizer tokenizer = imported("openflamingo-3b").tokenizer()) {
      assertThat(tokenizer.encode("<image><|endofchunk|><PAD>")).containsExactly(289, 288, 290);
    }
  }

  @Test
  void writesSixteenBitsIfAsked() throws IOException {
    ImportOptions options = new ImportOptions("half", StoredType.F16, false);
    ModelDirectory model =
        Golden.of("openflamingo-3b").importer().to(directory.resolve("model"), options);

    assertThat(model.weights().tensors())
        .allSatisfy(tensor -> assertThat(tensor.type()).isEqualTo(StoredType.F16));
  }

  @Test
  void saysHowFarItIs() throws IOException {
    List<Integer> done = new ArrayList<>();
    Golden.of("openflamingo-3b")
        .importer()
        .to(
            directory.resolve("model"),
            ImportOptions.of("golden"),
            (written, all, bytes, allBytes) -> {
              done.add(written);
              assertThat(bytes).isLessThanOrEqualTo(allBytes);
            });

    assertThat(done).isSorted().startsWith(1).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openflamingo-3b", "flamingo-mini", "paper"})
  void writesACard(String golden) throws IOException {
    ModelDirectory model = imported(golden);
    String card = Files.readString(model.path().resolve(ModelDirectory.CARD));

    assertThat(card)
        .contains(model.weightsHash())
        .contains("licence")
        .contains(
            switch (golden) {
              case "openflamingo-3b" -> "does not know their order";
              case "flamingo-mini" -> "no more than 4 moments";
              default -> "8 time embeddings";
            });
  }

  @Test
  void findsTheCheckpointInADirectory() throws IOException {
    Golden golden = Golden.of("openflamingo-9b");
    Import.of(golden.path("vision"), golden.path("language"), golden.directory())
        .to(directory.resolve("model"), ImportOptions.of("golden"));

    assertThat(directory.resolve("model").resolve(ModelDirectory.WEIGHTS)).exists();
  }

  @Test
  void readsTheWeightsOfTheProjectWhoseConfigItReads() throws IOException {
    Golden golden = Golden.of("openflamingo-9b").copy(directory.resolve("golden"));
    Path transformers = Golden.of("openflamingo-llama").path("vision");
    for (String file : List.of("config.json", "model.safetensors")) {
      Files.copy(transformers.resolve(file), golden.path("vision").resolve(file));
    }
    ModelDirectory model =
        golden.importer().to(directory.resolve("mixed"), ImportOptions.of("golden"));

    assertThat(model.weightsHash()).isEqualTo(imported("openflamingo-9b").weightsHash());
  }

  @Test
  void leavesNothingBesideTheModelNorOfImportsThatWereKilled() throws IOException {
    Path left = Files.createDirectory(directory.resolve(".model.part"));
    Files.writeString(left.resolve("weights.safetensors.part"), "half");
    imported("openflamingo-3b");

    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(directory.resolve("model"));
    }
  }
}
