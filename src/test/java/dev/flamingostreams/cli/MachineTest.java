package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir Path directory;

  @Test
  void theCpuIsAsLinuxListsIt() throws IOException {
    Machine machine =
        looked(
            """
            processor\t: 0
            model name\t: A CPU @ 2.00GHz
            flags\t\t: fpu sse2 avx avx2 avx512f
            processor\t: 1
            model name\t: Another
            """);
    assertThat(machine.cpu()).isEqualTo("A CPU @ 2.00GHz");
    assertThat(machine.features()).containsExactly("avx", "avx2", "avx512f");
    assertThat(machine.isSlow()).isFalse();
    assertThat(machine.memoryBytes()).isPositive();
  }

  @Test
  void aCpuWithoutAvx2IsSlow() throws IOException {
    assertThat(looked("flags : fpu sse2 avx\n").isSlow()).isTrue();
    assertThat(looked("Features\t: fp asimd asimddp\n").isSlow()).isFalse();
  }

  @Test
  void aSystemThatDoesNotTellItsCpuIsNamedByItsArchitecture() {
    Machine machine = Machine.look(directory.resolve("none"));
    assertThat(machine.cpu()).isEqualTo(System.getProperty("os.arch"));
    assertThat(machine.features()).isEmpty();
    assertThat(machine.isSlow()).isFalse();
  }

  private Machine looked(String cpus) throws IOException {
    return Machine.look(Files.writeString(directory.resolve("cpuinfo"), cpus));
  }
}
