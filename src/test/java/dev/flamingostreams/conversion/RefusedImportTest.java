package dev.flamingostreams.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.checkpoints.ModelDirectory;
import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.StoredType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedImportTest {
  private static final String WTE = "lang_encoder.transformer.wte.weight";
  private static final String LM_HEAD = "lang_encoder.lm_head.weight";

  @TempDir private Path directory;
  private Golden golden;
  private Path visionFile;
  private Path languageFile;
  private Path flamingoFile;

  @BeforeEach
  void copyOpenFlamingo() throws IOException {
    golden = Golden.of("openflamingo-9b").copy(directory.resolve("golden"));
    visionFile = golden.path("vision").resolve("open_clip_model.safetensors");
    languageFile = golden.path("language").resolve("model.safetensors");
    flamingoFile = directory.resolve("flamingo.safetensors");
    Spoilt.of(golden.path("checkpoint.pt")).write(flamingoFile);
  }

  private Path out() {
    return directory.resolve("model");
  }

  private ModelDirectory run() throws IOException {
    return run(ImportOptions.of("refused"));
  }

  private ModelDirectory run(ImportOptions options) throws IOException {
    return Import.of(golden.path("vision"), golden.path("language"), flamingoFile)
        .to(out(), options);
  }

  private void assertRefused(String... parts) throws IOException {
    assertThatThrownBy(this::run)
        .isInstanceOf(ModelException.class)
        .hasMessageNotContaining("\n")
        .message()
        .contains(parts);
    assertThat(out()).doesNotExist();
  }

  @Test
  void aTensorIsMissing() throws IOException {
    Spoilt.of(languageFile).without("transformer.blocks.2.ffn.up_proj.weight").write(languageFile);
    assertRefused(languageFile + " has no tensor named transformer.blocks.2.ffn.up_proj.weight");
  }

  @Test
  void aPartIsNoDirectory() {
    Path vision = golden.path("vision");
    assertThatThrownBy(
            () ->
                Import.of(flamingoFile, golden.path("language"), flamingoFile)
                    .to(out(), ImportOptions.of("refused")))
        .isInstanceOf(ModelException.class)
        .hasMessage(flamingoFile + " is a file: name the directory of the vision encoder");
    assertThatThrownBy(
            () ->
                Import.of(vision, directory.resolve("none"), flamingoFile)
                    .to(out(), ImportOptions.of("refused")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("there is no directory " + directory.resolve("none"));
    assertThat(out()).doesNotExist();
  }

  @Test
  void aValueIsNoNumber() throws IOException {
    Spoilt.of(flamingoFile).changing("perceiver.norm.bias", Float.NaN).write(flamingoFile);
    assertRefused("resampler.norm.bias holds NaN: it is damaged");
  }

  @Test
  void aTensorOfTheResamplerIsMissing() throws IOException {
    Spoilt.of(flamingoFile).without("perceiver.norm.bias").write(flamingoFile);
    assertRefused(flamingoFile + " has no tensor named perceiver.norm.bias");
  }

  @Test
  void aTensorOfACrossAttentionIsMissing() throws IOException {
    String name = "lang_encoder.gated_cross_attn_layers.3.ff.1.weight";
    Spoilt.of(flamingoFile).without(name).write(flamingoFile);
    assertRefused(flamingoFile + " has no tensor named " + name);
  }

  @ParameterizedTest
  @CsvSource({
    "vision, visual.extra",
    "language, transformer.blocks.0.attn.Wqkv.bias",
    "language, transformer.blocks.4.norm_1.weight",
    "flamingo, perceiver.frame_embeddings",
    "flamingo, lang_encoder.old_decoder_blocks.0.norm_1.weight",
    "flamingo, vision_encoder.extra",
    "flamingo, optimizer"
  })
  void aTensorIsLeftOver(String part, String name) throws IOException {
    Path file =
        switch (part) {
          case "vision" -> visionFile;
          case "language" -> languageFile;
          default -> flamingoFile;
        };
    Spoilt.of(file).with(name, new float[4], 4).write(file);
    assertRefused(file + " holds 1 tensors that are not known to belong to it: " + name);
  }

  @Test
  void aTensorHasAnotherShape() throws IOException {
    Spoilt.of(visionFile).with("visual.ln_pre.weight", new float[31], 31).write(visionFile);
    assertRefused(visionFile + ": tensor visual.ln_pre.weight has shape [31], must be [32]");
  }

  @Test
  void aResamplerIsForAnotherVisionEncoder() throws IOException {
    Spoilt.of(flamingoFile).with("perceiver.latents", new float[4 * 48], 4, 48).write(flamingoFile);
    assertRefused("tensor perceiver.latents has shape [4, 48], must be [4, 32]");
  }

  @Test
  void theTokenizerHasMoreTokensThanTheEmbeddings() throws IOException {
    Spoilt.of(flamingoFile).cutting(WTE, 290).without(LM_HEAD).write(flamingoFile);
    assertRefused(
        "tensor " + WTE + " holds embeddings of 290 tokens",
        "the tokenizer of " + golden.path("language") + " has 291");
  }

  @Test
  void nothingBringsEmbeddingsOfTheAddedTokens() throws IOException {
    Spoilt.of(flamingoFile).without(WTE).without(LM_HEAD).write(flamingoFile);
    Spoilt.of(languageFile).cutting("transformer.wte.weight", 288).write(languageFile);
    assertRefused(languageFile + ": tensor transformer.wte.weight holds embeddings of 288");
  }

  @Test
  void aHeadOfItsOwnHasNoRowForTheEndToken() throws IOException {
    Spoilt.json(golden.path("language").resolve("config.json"), "tie_word_embeddings", "false");
    Spoilt.of(flamingoFile).without(LM_HEAD).write(flamingoFile);
    Spoilt.of(languageFile)
        .with("lm_head.weight", new float[288 * 32], 288, 32)
        .write(languageFile);
    assertRefused(languageFile + ": tensor lm_head.weight holds output embeddings of 288 tokens");
  }

  @Test
  void twoNamesOfOneTensorDiffer() throws IOException {
    Spoilt.of(flamingoFile).changing(LM_HEAD, 3).write(flamingoFile);
    assertRefused(
        flamingoFile + ": tensor " + LM_HEAD + " differs from tensor " + WTE,
        "which should be the same");
  }

  @Test
  void trainedEmbeddingsAreThereAsOutputEmbeddingsAlone() throws IOException {
    Spoilt.of(flamingoFile).without(WTE).write(flamingoFile);
    assertRefused(
        "%s: tensor %s replaces %s: tensor transformer.wte.weight"
            .formatted(flamingoFile, LM_HEAD, languageFile),
        "save both in " + flamingoFile);
  }

  @Test
  void crossAttentionStandsInIrregularPlaces() throws IOException {
    String gate = "lang_encoder.transformer.blocks.2.gated_cross_attn_layer.attn_gate";
    Spoilt.of(flamingoFile).with(gate, new float[1], 1).write(flamingoFile);
    assertRefused("has cross-attention before blocks [2, 3], must be every n-th of 4");
  }

  @ParameterizedTest
  @CsvSource({
    "vision/open_clip_config.json, model_cfg.vision_cfg.timm_model_name, '\"vit\"'",
    "vision/open_clip_config.json, model_cfg.vision_cfg.attentional_pool, true",
    "vision/open_clip_config.json, model_cfg.vision_cfg.layers, '[3,4,6,3]'",
    "vision/open_clip_config.json, preprocess_cfg.interpolation, '\"bilinear\"'",
    "vision/open_clip_config.json, preprocess_cfg.size, 33",
    "language/config.json, attn_config.alibi, false",
    "language/config.json, attn_config.softmax_scale, 0.5",
    "language/config.json, attn_config.prefix_lm, true",
    "language/config.json, attn_config.attn_type, '\"multiquery_attention\"'",
    "language/config.json, layer_norm_epsilon, 0.5",
    "language/config.json, logit_scale, 2.0",
    "language/config.json, d_model, '\"wide\"'",
    "language/config.json, n_layers, -1"
  })
  void anOptionIsNotSupported(String file, String key, String value) throws IOException {
    Spoilt.json(golden.path(file), key, value);
    assertRefused(golden.path(file) + ": " + key + " is " + value);
  }

  @ParameterizedTest
  @CsvSource({
    "lm-gpt-neox-serial, hidden_act, '\"gelu_new\"'",
    "lm-gpt-neox-serial, attention_bias, false",
    "lm-gpt-neox-serial, rope_scaling, '{\"type\":\"linear\"}'",
    "lm-llama-grouped, rope_scaling, '{\"type\":\"dynamic\"}'",
    "lm-llama-grouped, rope_parameters.rope_type, '\"llama3\"'",
    "lm-llama-grouped, attention_bias, true",
    "lm-llama-grouped, hidden_act, '\"gelu\"'",
    "lm-opt-norm-first, enable_bias, false",
    "lm-opt-norm-first, layer_norm_elementwise_affine, false",
    "lm-opt-norm-first, _remove_final_layer_norm, true",
    "lm-mosaic-gpt, alibi, false",
    "lm-mosaic-gpt, prefix_lm, true"
  })
  void anOptionOfALanguageModelIsNotSupported(String name, String key, String value)
      throws IOException {
    Path config = directory.resolve("config.json");
    Files.copy(Golden.of(name).path("config.json"), config);
    Spoilt.json(config, key, value);
    LanguageLayout layout = LanguageLayout.of(Settings.read(config));

    assertThatThrownBy(() -> layout.config(10, new Sources()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(config + ": " + key + " is " + value);
  }

  @Test
  void theVisionEncoderIsUnknown() throws IOException {
    Files.delete(golden.path("vision").resolve("open_clip_config.json"));
    Files.writeString(
        golden.path("vision").resolve("config.json"), "{\"architecture\":\"nfnet_f0\"}");
    assertRefused("architecture 'nfnet_f0' is no vision encoder that is known", "dm_nfnet_*");
  }

  @Test
  void theLanguageModelIsUnknown() throws IOException {
    Path config = golden.path("language").resolve("config.json");
    Spoilt.json(config, "model_type", "\"gpt2\"");
    assertRefused(config + ": model_type 'gpt2' is no language model that is known: mpt,");
  }

  @Test
  void theCheckpointIsOfNoFlamingo() throws IOException {
    new Spoilt().with("some.weight", new float[1], 1).write(flamingoFile);
    assertRefused(flamingoFile + " holds no Flamingo that is known: OpenFlamingo has");
  }

  @Test
  void aPartIsNotThere() throws IOException {
    Files.delete(golden.path("language").resolve("tokenizer.json"));
    assertRefused(golden.path("language") + " has neither a tokenizer.json nor");
  }

  @Test
  void sixteenBitsAreTooFew() throws IOException {
    Spoilt.of(flamingoFile).changing("perceiver.latents", 70000).write(flamingoFile);

    assertThatThrownBy(() -> run(new ImportOptions("half", StoredType.F16, false)))
        .hasMessage(
            "tensor resampler.latents holds 70000.0, which no 16-bit float can: write it as F32");
    assertThat(out()).doesNotExist();
    assertThat(run().weights().floats("resampler.latents")).contains(70000);
  }

  @Test
  void aModelIsThereAlreadyAndIsReplacedOnlyByForce() throws IOException {
    run();
    Path note = Files.writeString(out().resolve("note.txt"), "mine");
    Files.writeString(out().resolve(ModelDirectory.CARD), "old");

    assertThatThrownBy(this::run).hasMessageContaining(out() + " exists and is not empty");
    run(new ImportOptions("again", StoredType.F32, true));

    assertThat(Files.readString(out().resolve(ModelDirectory.CARD))).contains("# again");
    assertThat(note).hasContent("mine");
  }

  @Test
  void nothingIsLeftOfAnImportThatFailedHalfway() throws IOException {
    Spoilt.of(flamingoFile).changing("perceiver.latents", 70000).write(flamingoFile);
    assertThatThrownBy(() -> run(new ImportOptions("half", StoredType.F16, false)));

    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(golden.directory(), flamingoFile);
    }
  }
}
