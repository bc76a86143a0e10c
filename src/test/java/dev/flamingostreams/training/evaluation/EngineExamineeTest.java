package dev.flamingostreams.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.checkpoints.ModelException;
import dev.flamingostreams.checkpoints.StoredType;
import dev.flamingostreams.engine.ClipInput;
import dev.flamingostreams.engine.DecodingOptions;
import dev.flamingostreams.engine.Description;
import dev.flamingostreams.engine.Pictures;
import dev.flamingostreams.engine.Prompt;
import dev.flamingostreams.engine.RandomModel;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.flamingo.FrameTiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineExamineeTest {
  private static final long[] EVEN = LongStream.range(0, 8).map(i -> 500 * i).toArray();
  private static final long[] UNEVEN = {0, 10, 20, 900, 3000, 3100, 3200, 3500};

  @TempDir Path folder;

  private Examinee examinee;

  @BeforeEach
  void open() throws IOException {
    RandomModel.write(folder, RandomModel.TINY, StoredType.F32);
    Path tokenizer = folder.resolve("tokenizer.json");
    // The random model reads any word, as padding.
    Files.writeString(
        tokenizer,
        Files.readString(tokenizer)
            .replaceFirst("\"unk_token\" ?: ?\"<pad>\"", "\"unk_token\":\"w9\""));
    examinee = new EngineExaminee(folder);
  }

  @AfterEach
  void close() {
    examinee.close();
  }

  @Test
  void timesCountOnlyByTheClock() {
    double clock = mean(FrameTiming.CLOCK, EVEN);
    assertThat(mean(FrameTiming.CLOCK, UNEVEN)).isNotEqualTo(clock);
    assertThat(mean(FrameTiming.INDEX, UNEVEN)).isEqualTo(clock);
    assertThat(mean(FrameTiming.NONE, EVEN)).isNotEqualTo(clock);
    assertThat(mean(FrameTiming.NONE, UNEVEN)).isEqualTo(mean(FrameTiming.NONE, EVEN));
  }

  @Test
  void examplesAreShownFirst() {
    Prompt prompt = new Prompt("<image>w5<EOC><image>", List.of(clip(EVEN, 3)));
    Description said =
        examinee
            .ask(new Task.Describe(prompt, DecodingOptions.NONE), FrameTiming.CLOCK, clip(EVEN, 1))
            .join();
    assertThat(said.meanLogProbability()).isNotEqualTo(mean(FrameTiming.CLOCK, EVEN));
  }

  @Test
  void aTaskThatTheModelCannotBeAskedIsAFailedAnswer() {
    Task endless =
        new Task.Describe(
            new Prompt("<image>" + " w5".repeat(600), List.of()), DecodingOptions.NONE);
    CompletableFuture<Description> answer = examinee.ask(endless, FrameTiming.CLOCK, clip(EVEN, 1));
    assertThatThrownBy(answer::join).hasCauseInstanceOf(ModelException.class);
  }

  @Test
  void wordsThatTheTokenizerDoesNotHaveAreNoticed() {
    assertThat(examinee.reads("<image>w5 w6<EOC>")).isTrue();
    assertThat(examinee.reads("w5 tractor")).isFalse();
  }

  @Test
  void theModelSignsItsReport() {
    assertThat(examinee.model().id()).isEqualTo("random");
  }

  private double mean(FrameTiming timing, long... times) {
    return examinee.ask(Task.plain(), timing, clip(times, 1)).join().meanLogProbability();
  }

  private static ClipInput clip(long[] times, int seed) {
    return new ClipInput(
        IntStream.range(0, times.length).mapToObj(i -> Pictures.jpeg(40, 30, seed + i)).toList(),
        times);
  }
}
