package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerProcessTest {
  private static final GraphCompiler.Gpu GPU =
      new GraphCompiler.Gpu(1, "NVIDIA H100", "sm_90", 80L << 30, 79L << 30);

  @TempDir Path folder;
  private final List<String> notes = new ArrayList<>();

  @Test
  void theOrderArrivesWholeAndOneProcessCompilesOneGraphAfterTheOther() throws IOException {
    Path first = folder.resolve("first.part");
    Path second = folder.resolve("größer.part");
    try (CompilerProcess process = process(OwnBuilders.Telling.class)) {
      assertThat(process.compile(order("vision", 30_000_000), first)).isEqualTo((79L << 30) + 1);
      process.compile(order("describe", 3), second);
    }
    assertThat(first)
        .content()
        .startsWith(
            """
            1
            vision 8
            [pixels, more]
            30000000
            %s
            %s
            true

            %s"""
                .formatted(folder.resolve("wéights"), GPU, folder));
    assertThat(second).content().startsWith("2\ndescribe 8\n").contains("\ntimed\n");
  }

  @Test
  void whatLibrariesPrintIsNoReplyAndNotesArrive() throws IOException {
    try (CompilerProcess process = process(OwnBuilders.Talking.class)) {
      assertThat(compile(process, "vision")).isEqualTo(1);
    }
    assertThat(notes).containsExactly("größer als gedacht");
  }

  @Test
  void faultsArriveAndTheProcessGoesOn() throws IOException {
    try (CompilerProcess process = process(OwnBuilders.Failing.class)) {
      assertThatThrownBy(() -> compile(process, "gpu"))
          .isInstanceOf(GpuException.class)
          .hasMessage("the GPU is on holiday; wait");
      assertThatThrownBy(() -> compile(process, "memory"))
          .isInstanceOfSatisfying(
              OutOfGpuMemoryException.class,
              full -> assertThat(full.graph().name()).isEqualTo("memory"))
          .hasMessage("memory is full");
      assertThatThrownBy(() -> compile(process, "file"))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("part: No space left on device");
      assertThatThrownBy(() -> compile(process, "library"))
          .isInstanceOf(GpuException.class)
          .hasMessage(
              "library 8 cannot be compiled: java.lang.UnsatisfiedLinkError: no jninvinfer");
      assertThat(compile(process, "none")).isEqualTo(2);
    }
  }

  @Test
  void aProcessThatEndsIsToldOfAndTheNextGraphGetsAnother() throws IOException {
    try (CompilerProcess process = process(OwnBuilders.Failing.class)) {
      assertThatThrownBy(() -> compile(process, "halt"))
          .isInstanceOf(GpuException.class)
          .hasMessage(
              "the process that compiles halt 8 ended with 3; its last words: terminate called after throwing an instance");
      assertThat(compile(process, "none")).isEqualTo(2);
    }
  }

  @Test
  void aCrashInNativeCodeLeavesThisProcessAloneAndTheJvmsReport() {
    try (CompilerProcess process = process(OwnBuilders.Failing.class)) {
      assertThatThrownBy(() -> compile(process, "crash"))
          .isInstanceOf(GpuException.class)
          .hasMessageMatching(
              "the process that compiles crash 8 ended with 1; %s/compiler-\\d+\\.log tells of the crash"
                  .formatted(folder));
    }
  }

  @Test
  void librariesThatAreMissingAreSaidBeforeAProcessIsStarted() {
    CompilerProcess process =
        new CompilerProcess(
            OwnBuilders.Telling.class,
            () -> {
              throw new GpuException("there is no builder");
            });
    assertThatThrownBy(process::check).isInstanceOf(GpuException.class);
    assertThatThrownBy(() -> compile(process, "vision")).hasMessage("there is no builder");
    assertThatCode(process(OwnBuilders.Telling.class)::check).doesNotThrowAnyException();
  }

  @Test
  void theProcessEndsWithItsParentWhoseOptionsItDoesNotTake() throws Exception {
    ProcessBuilder builder = OwnJvm.of(Parent.class, folder.toString());
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dtoll=agent");
    Process parent = builder.redirectErrorStream(true).start();
    Path said = folder.resolve("engine");
    while (!Files.exists(said) || Files.size(said) == 0) {
      assertThat(parent.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
    }
    String[] words = Files.readString(said).split(" ", 2);
    assertThat(words[1]).isEqualTo("null");
    ProcessHandle child = ProcessHandle.of(Long.parseLong(words[0])).orElseThrow();
    parent.destroyForcibly();
    assertThat(child.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
  }

  /** Somebody who compiles, in a process of its own. */
  static final class Parent {
    public static void main(String... folder) throws IOException {
      CompilerProcess process = process(OwnBuilders.Lasting.class, Path.of(folder[0]));
      process.compile(order(Path.of(folder[0]), "vision", 1, note -> {}), engine(folder[0]));
    }

    private static Path engine(String folder) {
      return Path.of(folder, "engine");
    }
  }

  private long compile(CompilerProcess process, String name) throws IOException {
    return process.compile(order(name, 1), folder.resolve("engine"));
  }

  private CompilerProcess process(Class<? extends GraphCompiler.Builder> build) {
    return process(build, folder);
  }

  private static CompilerProcess process(
      Class<? extends GraphCompiler.Builder> build, Path libraries) {
    return new CompilerProcess(build, () -> List.of(libraries));
  }

  private GraphCompiler.Order order(String name, int bytes) {
    return order(folder, name, bytes, notes::add);
  }

  private static GraphCompiler.Order order(
      Path folder, String name, int bytes, Consumer<String> notes) {
    Graph graph = new Graph(name, "8", List.of("pixels", "more"), new byte[bytes], 0);
    Timings timings = new Timings(folder.resolve("timings"), notes);
    return new GraphCompiler.Order(graph, folder.resolve("wéights"), GPU, timings, true);
  }
}
