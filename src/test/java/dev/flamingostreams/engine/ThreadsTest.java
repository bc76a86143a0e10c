package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThreadsTest {
  private static final int NICE = 16; // in /proc/*/stat, counted from the state
  private static final int POLICY = 38; // as well
  private static final int SCHED_IDLE = 5;

  @Test
  @EnabledOnOs(OS.LINUX)
  void whoeverWaitsForANiceThreadStaysAsItIs() {
    int before = niceness();
    assertThat(Threads.call("nice", 3, ThreadsTest::niceness)).isEqualTo(nicer(before, 3));
    assertThat(niceness()).isEqualTo(before);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void niceThreadsStartOthersThatAreNoNicer() {
    int nested = Threads.call("outer", 3, () -> Threads.call("inner", 3, ThreadsTest::niceness));
    int plain = Threads.call("outer", 3, ThreadsTest::niceOfAThreadFromHere);
    assertThat(nested).isEqualTo(nicer(niceness(), 3)).isEqualTo(plain);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void idleThreadsStartOthersThatAreIdle() {
    int plain = Threads.call("idle", EngineOptions.IDLE, ThreadsTest::policyOfAThreadFromHere);
    assertThat(plain).isEqualTo(SCHED_IDLE).isNotEqualTo(stat(POLICY));
  }

  @Test
  void errorsArriveAsTheyWereThrown() {
    for (Throwable fault : new Throwable[] {new IllegalStateException("no"), new Error("no")}) {
      assertThatThrownBy(() -> Threads.call("nice", 3, () -> failing(fault))).isSameAs(fault);
    }
  }

  @Test
  void withoutNicenessNoThreadIsStarted() {
    assertThat(Threads.<Thread>call("nice", 0, Thread::currentThread))
        .isSameAs(Thread.currentThread());
  }

  private static int nicer(int than, int by) {
    return Math.min(19, than + by);
  }

  private static int niceOfAThreadFromHere() {
    return ofAThreadFromHere(NICE);
  }

  private static int policyOfAThreadFromHere() {
    return ofAThreadFromHere(POLICY);
  }

  private static int ofAThreadFromHere(int field) {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    Threads.named("child").newThread(() -> answer.complete(stat(field))).start();
    return answer.join();
  }

  private static int failing(Throwable fault) {
    if (fault instanceof RuntimeException exception) {
      throw exception;
    }
    throw (Error) fault;
  }

  private static int niceness() {
    return stat(NICE);
  }

  private static int stat(int field) {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[field]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
