package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.Safetensors;
import dev.flamingostreams.checkpoints.SafetensorsWriter;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.flamingo.FrameTiming;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
  private static final EngineOptions OPTIONS =
      EngineOptions.defaults().withLinger(Duration.ofMillis(200));

  @TempDir Path model;

  @BeforeEach
  void writeTheModel() throws IOException {
    RandomModel.write(model, RandomModel.TINY, StoredType.F16);
  }

  @Test
  void describesClipsAndSignsThem() throws Exception {
    try (Engine engine = Engine.open(model, OPTIONS);
        Describer describer = engine.describer(Prompt.plain())) {
      Description description = describer.describe(clip(8, 1)).get();
      assertThat(description.text()).matches("(w\\d+( w\\d+)*)?");
      assertThat(description.meanLogProbability()).isNegative();
      assertThat(description.unsure()).isEqualTo(description.meanLogProbability() < -0.5);
      assertThat(description.visionMicros()).isPositive();
      assertThat(describer.model().id()).isEqualTo("random");
      assertThat(describer.model().weightsHash()).hasSize(64);
      assertThat(describer.model().promptId()).isEqualTo(Prompt.plain().id()).hasSize(12);
      assertThat(describer.model().engine()).matches("onnxruntime [0-9.]+ cpu");
      Description again = describer.describe(clip(8, 1)).get();
      assertThat(again.text()).isEqualTo(description.text());
      assertThat(again.visionMicros()).as("frames are in the cache").isZero();
    }
  }

  @Test
  void aClipGetsTheSameTextAloneAndInABatch() throws Exception {
    try (Engine engine = Engine.open(model, OPTIONS);
        Describer describer = engine.describer(Prompt.plain())) {
      List<Description> alone = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        alone.add(describer.describe(clip(9, i)).get());
      }
      List<CompletableFuture<Description>> batch = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        batch.add(describer.describe(clip(9, i)));
      }
      for (int i = 0; i < 5; i++) {
        assertThat(batch.get(i).get().text()).isEqualTo(alone.get(i).text());
        assertThat(batch.get(i).get().meanLogProbability())
            .isCloseTo(alone.get(i).meanLogProbability(), within(1e-4));
      }
    }
  }

  @Test
  @Timeout(60)
  void framesThatWerePreparedAreNotEncodedAgainWithTheirClip() throws Exception {
    try (Engine engine = Engine.open(model, OPTIONS);
        Describer describer = engine.describer(Prompt.plain());
        Describer neighbour = engine.describer(Prompt.plain())) {
      Description before = describer.describe(distinct(0)).get();
      distinct(8).images().forEach(describer::prepare);
      distinct(8).images().forEach(neighbour::prepare);
      describer.prepare(new byte[] {1, 2, 3});
      encoded(describer, 16);
      Description prepared = describer.describe(distinct(8)).get();
      assertThat(prepared.visionMicros()).isZero();
      assertThat(before.visionMicros()).isPositive();
      EngineUsage usage = neighbour.usage();
      assertThat(usage.framesEncoded()).isEqualTo(16);
      assertThat(usage.framesAsked()).isEqualTo(16);
      assertThat(usage.framesFromCache()).isEqualTo(8);
      assertThat(usage.hitRate()).isEqualTo(0.5);
      assertThat(usage.clips()).isEqualTo(2);
      assertThat(usage.clipsPerBatch()).isEqualTo(1);
      assertThat(usage.cacheBytes()).isPositive().isLessThan(usage.cacheMaxBytes());
    }
  }

  @Test
  @Timeout(60)
  void aPreparedFrameThatCannotBeDecodedFailsWithItsClipAndItsReason() throws Exception {
    try (Engine engine = Engine.open(model, OPTIONS);
        Describer describer = engine.describer(Prompt.plain())) {
      List<byte[]> images = new ArrayList<>(distinct(0).images());
      images.set(3, Pictures.jpegClaiming(20_000, 20_000));
      images.forEach(describer::prepare);
      encoded(describer, 7);
      assertThatThrownBy(describer.describe(new ClipInput(images, clip(8, 1).captureMicros()))::get)
          .hasMessageContaining("frame 3 of the clip: image of 20000x20000 pixels");
    }
  }

  @Test
  void aClipThatLooksAsAnEarlierOneIsNotDescribedAndItsBatchIs() throws Exception {
    try (Engine engine = Engine.open(model, OPTIONS);
        Describer describer = engine.describer(Prompt.plain())) {
      Description first = describer.describe(clip(8, 1), new Comparison(null, 0.01)).get();
      assertThat(first.unchanged()).isFalse();
      Comparison comparison = new Comparison(first.signature(), 0.01);

      CompletableFuture<Description> same = describer.describe(clip(8, 1), comparison);
      CompletableFuture<Description> other = describer.describe(clip(8, 2), comparison);
      CompletableFuture<Description> plain = describer.describe(clip(8, 1));
      assertThat(same.get().unchanged()).isTrue();
      assertThat(same.get().text()).isEmpty();
      assertThat(same.get().decodeMicros()).isZero();
      assertThat(other.get().unchanged()).isFalse();
      assertThat(other.get().text()).isEqualTo(describer.describe(clip(8, 2)).get().text());
      assertThat(plain.get().text()).isEqualTo(first.text());
      assertThat(plain.get().signature()).isNull();
    }
  }

  @Test
  @Timeout(60)
  void severalSessionsEncodeAFrameOnce() throws Exception {
    EngineChoice two = EngineChoice.auto().withSessions(2);
    try (Engine engine =
            Engine.open(model, OPTIONS.withChoice(two).withLinger(Duration.ZERO).withMaxBatch(1));
        Describer describer = engine.describer(Prompt.plain())) {
      List<byte[]> images = new ArrayList<>();
      for (int i = 0; i < 32; i += 8) {
        images.addAll(distinct(i).images());
      }
      List<CompletableFuture<Description>> clips = new ArrayList<>();
      for (int from = 0; from + 8 <= images.size(); from += 2) {
        images.subList(from, from + 8).forEach(describer::prepare);
        clips.add(
            describer.describe(
                new ClipInput(images.subList(from, from + 8), clip(8, 1).captureMicros())));
      }
      for (CompletableFuture<Description> clip : clips) {
        clip.get();
      }
      assertThat(describer.usage().framesEncoded()).isEqualTo(32);
      assertThat(describer.usage().framesAsked()).isEqualTo(13 * 8);
    }
  }

  private static void encoded(Describer describer, int frames) {
    while (describer.usage().framesEncoded() < frames) {
      Thread.onSpinWait();
      assertThat(Thread.interrupted()).as("timed out").isFalse();
    }
  }

  /** Eight frames; those of other numbers from 0 to 31 differ. */
  private static ClipInput distinct(int first) {
    List<byte[]> images = new ArrayList<>();
    for (int i = first; i < first + 8; i++) {
      images.add(Pictures.jpeg(i));
    }
    return new ClipInput(images, clip(8, 0).captureMicros());
  }

  @Test
  void anEngineMayLeaveTimeOutWhileAnotherKeepsIt() throws Exception {
    ClipInput even = clip(8, 1);
    ClipInput late = new ClipInput(even.images(), new long[] {0, 1, 2, 3, 4, 5, 600_000, 700_000});
    try (Engine clock = Engine.open(model, OPTIONS);
        Engine timeless = Engine.open(model, OPTIONS.withTiming(FrameTiming.NONE));
        Describer byClock = clock.describer(Prompt.plain());
        Describer byNothing = timeless.describer(Prompt.plain())) {
      double before = byClock.describe(even).get().meanLogProbability();
      double without = byNothing.describe(even).get().meanLogProbability();
      Description again = byNothing.describe(late).get();
      assertThat(again.meanLogProbability()).isEqualTo(without);
      assertThat(again.visionMicros()).as("frames are in the cache").isZero();
      assertThat(byClock.describe(late).get().meanLogProbability()).isNotEqualTo(before);
      assertThat(byClock.describe(even).get().meanLogProbability()).isEqualTo(before);
      assertThat(before).isNotEqualTo(without);
    }
  }

  @Test
  void anImageThatCannotBeDecodedFailsItsClipOnly() throws Exception {
    try (Engine engine = Engine.open(model, OPTIONS);
        Describer describer = engine.describer(Prompt.plain())) {
      List<byte[]> images = new ArrayList<>(clip(8, 1).images());
      images.set(3, Pictures.jpegClaiming(20_000, 20_000));
      CompletableFuture<Description> good = describer.describe(clip(8, 1));
      CompletableFuture<Description> bad =
          describer.describe(new ClipInput(images, clip(8, 1).captureMicros()));
      assertThat(good.get().meanLogProbability()).isNegative();
      assertThatThrownBy(bad::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              ClipException.class,
              e -> assertThat(e.reason()).isEqualTo(ClipException.Reason.UNDECODABLE))
          .hasMessageContaining("frame 3 of the clip: image of 20000x20000 pixels");
    }
  }

  @Test
  void aPromptMayShowExamples() throws Exception {
    Prompt shots = new Prompt("<image> w5 w6 <EOC> <image>", List.of(clip(4, 7)));
    assertThat(shots.id()).isNotEqualTo(Prompt.plain().id());
    try (Engine engine = Engine.open(model, OPTIONS);
        Describer describer = engine.describer(shots)) {
      assertThat(describer.describe(clip(8, 1)).get().meanLogProbability()).isNegative();
      Prompt broken =
          new Prompt(
              "<image> w5 <EOC> <image>",
              List.of(new ClipInput(List.of(new byte[5]), new long[1])));
      assertThatThrownBy(() -> engine.describer(broken))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("example 0 of the prompt: frame 0 of the clip: image of 5 bytes");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Prompt("no image", List.of()));
  }

  @Test
  void closingADescriberCancelsItsClipsAndLeavesTheEngineOpen() {
    CompletableFuture<Description> last;
    try (Engine engine = Engine.open(model, OPTIONS.withLinger(Duration.ofSeconds(30)))) {
      CompletableFuture<Description> pending;
      try (Describer describer = engine.describer(Prompt.plain())) {
        pending = describer.describe(clip(8, 1));
      }
      assertThat(pending).isCancelled();
      last = engine.describer(Prompt.plain()).describe(clip(8, 2));
      assertThat(last).isNotDone();
    }
    assertThat(last).isCancelled();
  }

  @ParameterizedTest
  @ValueSource(strings = {"resampler.norm.bias", "language.norm.weight"})
  void whatDamagedWeightsGiveIsNoDescription(String damaged) throws IOException {
    Path weights = model.resolve("weights.safetensors");
    Safetensors stored = Safetensors.open(weights);
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.seek(stored.tensor(damaged).offset());
      file.write(new byte[] {0, 0x7e}); // a half that is no number
    }
    Prompt prompt = Prompt.plain();
    DecodingOptions beams = new DecodingOptions(null, null, 3, null, null);
    try (Engine engine = Engine.open(model, OPTIONS);
        Describer describer = engine.describer(prompt);
        Describer searcher = engine.describer(new Task.Describe(prompt, beams));
        Describer chooser = engine.describer(new Task.Classify(prompt, List.of("w5", "w6")))) {
      for (Describer each : List.of(describer, searcher, chooser)) {
        assertThatThrownBy(() -> each.describe(clip(8, 1)).get())
            .cause()
            .isInstanceOfSatisfying(
                ClipException.class,
                e -> assertThat(e.reason()).isEqualTo(ClipException.Reason.MODEL))
            .hasMessageContaining("weights of the model are damaged");
      }
    }
  }

  @Test
  void weightsThatAreReplacedAreNotMixed() throws Exception {
    try (Engine engine = Engine.open(model, OPTIONS);
        Describer describer = engine.describer(Prompt.plain())) {
      describer.describe(clip(8, 1)).get();
      Path weights = model.resolve("weights.safetensors");
      Path other = Files.copy(weights, model.resolve("other"));
      Files.move(other, weights, StandardCopyOption.REPLACE_EXISTING);

      assertThatThrownBy(() -> describer.describe(clip(9, 2)).get())
          .hasMessageContaining("weights.safetensors has changed since it was opened");
    }
  }

  @Test
  void aBrokenModelIsRefusedWithOneLine() throws IOException {
    Path config = model.resolve("config.json");
    String right = Files.readString(config);
    Files.writeString(config, right.replace("\"flamingo\"", "\"llava\""));
    refused("config.json: architecture is 'llava', only 'flamingo' is known");
    Files.writeString(config, right.replace("\"heads\" : 2", "\"heads\" : 5"));
    refused("config.json: vision.heads is 5, must be a divisor of 12");
    Files.writeString(config, right.replace("\"latents\"", "\"latent\""));
    refused("config.json: ");
    Files.writeString(config, right.replace("\"vocabulary\" : 12", "\"vocabulary\" : 11"));
    refused("weights.safetensors: tensor language.embeddings has shape [12, 16]");
    Files.writeString(config, right.replace("\"image\" : 2", "\"image\" : 1"));
    refused("<image> is 2 in tokenizer.json, tokens.image of config.json is 1");
    Files.writeString(config, right);
    Files.writeString(model.resolve("tokenizer.json"), "garbage");
    refused("tokenizer.json is not valid JSON");
    Path weights = model.resolve("weights.safetensors");
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      file.setLength(file.length() - 100);
    }
    refused("(truncated?)");
    new SafetensorsWriter().write(weights);
    refused("has no tensor vision.");
    Files.delete(weights);
    refused("has no weights.safetensors");
  }

  private void refused(String fault) {
    assertThatThrownBy(() -> Engine.open(model, OPTIONS))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(fault)
        .hasMessageContaining(model.toString())
        .message()
        .doesNotContain("\n");
  }

  private static ClipInput clip(int frames, int seed) {
    List<byte[]> images = new ArrayList<>();
    long[] micros = new long[frames];
    for (int i = 0; i < frames; i++) {
      images.add(Pictures.jpeg(seed * 100 + i));
      micros[i] = i * 100_000L;
    }
    return new ClipInput(images, micros);
  }
}
