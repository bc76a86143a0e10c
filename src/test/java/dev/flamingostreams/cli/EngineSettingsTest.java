package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineKind;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.Processor;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class EngineSettingsTest {

  @Command
  static final class Holder {
    @Mixin private EngineSettings engine = new EngineSettings();
  }

  @Test
  void whatIsNotSaidIsTheEnginesDefault() {
    EngineOptions defaults = EngineOptions.defaults();

    assertThat(options().linger()).isEqualTo(defaults.linger());
    assertThat(options().cacheBytes()).isEqualTo(defaults.cacheBytes());
  }

  @Test
  void lingerAndCacheAreTakenWithTheirUnits() {
    EngineOptions options = options("--engine-linger", "20ms", "--engine-cache", "4096MB");

    assertThat(options.linger()).isEqualTo(Duration.ofMillis(20));
    assertThat(options.cacheBytes()).isEqualTo(4L << 30);
  }

  @Test
  void whatRunsTheModelIsTakenAsItIsSaid() {
    EngineChoice choice =
        options("--engine=TensorRT", "--device=cuda:1", "--engine-batch=4,1", "--engine-sessions=2")
            .choice();

    assertThat(choice.kind()).isEqualTo(EngineKind.TENSORRT);
    assertThat(choice.processor()).isEqualTo(new Processor(Processor.Kind.CUDA, 1));
    assertThat(choice.batches()).containsExactly(1, 4);
    assertThat(choice.sessions()).isEqualTo(2);
  }

  private static EngineOptions options(String... arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return holder.engine.options();
  }
}
