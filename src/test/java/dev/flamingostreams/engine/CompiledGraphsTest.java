package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CompiledGraphsTest {
  @TempDir Path folder;
  private final AtomicInteger compilations = new AtomicInteger();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private CompiledGraphs graphs;

  @BeforeEach
  void open() {
    graphs = new CompiledGraphs(folder.resolve("cache"), notes::add);
  }

  @Test
  void whatIsCompiledIsKept() throws IOException {
    CompiledGraphs.Compiled first = get("made of this");
    assertThat(get("made of this")).isEqualTo(first);
    assertThat(first.deviceBytes()).isEqualTo(7);
    assertThat(first.file()).hasContent("compiled 1");
    assertThat(compilations).hasValue(1);
  }

  @Test
  void anotherMakeIsAnotherFile() throws IOException {
    assertThat(get("one").file()).isNotEqualTo(get("other").file());
    assertThat(compilations).hasValue(2);
  }

  @Test
  void aDamagedFileIsCompiledAgain() throws IOException {
    Path file = get("made").file();
    Files.writeString(file, "x", StandardOpenOption.APPEND);
    assertThat(get("made").file()).hasContent("compiled 2");
  }

  @Test
  void aFileWithoutItsNoteIsCompiledAgain() throws IOException {
    get("made");
    Files.delete(note());
    get("made");
    assertThat(compilations).hasValue(2);
  }

  @Test
  void aNoteThatCannotBeReadOrTellsOfAnotherMakeIsNotTrusted() throws IOException {
    get("made");
    String good = Files.readString(note());
    Files.writeString(note(), "{");
    get("made");
    Files.writeString(note(), good.replace("\"made\":\"made\"", "\"made\":\"forged\""));
    get("made");
    assertThat(compilations).hasValue(3);
  }

  @Test
  void aCompilationThatFailsLeavesNothingBehind() throws IOException {
    assertThatThrownBy(
            () ->
                graphs.get(
                    "vision 8",
                    "made",
                    file -> {
                      Files.writeString(file, "half");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      assertThat(files).allMatch(file -> file.toString().endsWith(".lock"));
    }
  }

  @Test
  void aDirectoryThatOthersMayWriteIsNotTrusted() throws IOException {
    Path shared = Files.createDirectory(folder.resolve("cache"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> get("made"))
        .hasMessage("others may write to %s and what is in it is run; chmod 700 it", shared);
    assertThat(compilations).hasValue(0);
  }

  @Test
  void ofSeveralThreadsOneCompiles() {
    List<CompletableFuture<CompiledGraphs.Compiled>> asked =
        Stream.generate(() -> CompletableFuture.supplyAsync(this::together)).limit(4).toList();
    asked.forEach(CompletableFuture::join);
    assertThat(compilations).hasValue(1);
  }

  @Test
  @Timeout(60)
  void aGraphThatIsThereDoesNotWaitForOneThatIsCompiled() throws IOException {
    CompiledGraphs.Compiled there = get("there");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    CompletableFuture<CompiledGraphs.Compiled> slow =
        CompletableFuture.supplyAsync(
            () ->
                compiled(
                    "slow",
                    file -> {
                      begun.countDown();
                      await(asked);
                      Files.writeString(file, "slow");
                      return 7;
                    }));
    await(begun);
    assertThat(get("there")).isEqualTo(there);
    asked.countDown();
    assertThat(slow.join().file()).hasContent("slow");
  }

  /** Which holds the lock until its input ends. */
  static final class Other {
    public static void main(String... file) throws IOException {
      try (FileChannel channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE)) {
        channel.lock();
        System.out.println("compiling");
        System.in.read();
      }
    }
  }

  @Test
  @Timeout(60)
  void whatAnotherProcessCompilesIsWaitedForAndSaid() throws Exception {
    Path file = get("made").file();
    String lock = file.toString().replace(".trt", ".lock");
    Files.delete(note());
    Process other = OwnJvm.of(Other.class, lock).start();
    try (BufferedReader said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("compiling");
      CompletableFuture<CompiledGraphs.Compiled> asked =
          CompletableFuture.supplyAsync(this::together);
      while (notes.isEmpty()) {
        assertThat(asked).isNotDone();
        Thread.onSpinWait();
      }
      assertThat(notes).containsExactly("waiting for vision 8, which another process compiles");
      assertThat(compilations).hasValue(1);
      other.getOutputStream().close();
      assertThat(asked.get().file()).hasContent("compiled 2");
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void graphsAreCompiledOneAfterTheOther() {
    AtomicInteger atWork = new AtomicInteger();
    List<CompletableFuture<CompiledGraphs.Compiled>> asked =
        Stream.of("a", "b", "c", "d")
            .map(
                made ->
                    CompletableFuture.supplyAsync(
                        () ->
                            compiled(
                                made,
                                file -> {
                                  int others = atWork.getAndIncrement();
                                  Files.writeString(file, made);
                                  atWork.decrementAndGet();
                                  return others;
                                })))
            .toList();
    assertThat(asked).allMatch(one -> one.join().deviceBytes() == 0);
  }

  private CompiledGraphs.Compiled compiled(String made, CompiledGraphs.Compilation compilation) {
    try {
      return graphs.get("vision 8", made, compilation);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private CompiledGraphs.Compiled together() {
    try {
      return get("made");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private CompiledGraphs.Compiled get(String made) throws IOException {
    return graphs.get(
        "vision 8",
        made,
        file -> {
          Files.writeString(file, "compiled " + compilations.incrementAndGet());
          return 7;
        });
  }

  private Path note() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
    }
  }
}
