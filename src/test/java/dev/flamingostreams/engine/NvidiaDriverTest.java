package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaDriverTest {
  private static final String VERSION = "535.104.05";

  private final FakeDriver driver = new FakeDriver();

  /** That of a machine with one H100. */
  private static final class FakeDriver implements NativeFunctions {
    private final Map<String, Integer> errors = new HashMap<>();
    private int cuda = 12_020;
    private int count = 1;

    @Override
    public int call(String function, Object... arguments) {
      if (errors.containsKey(function)) {
        return errors.get(function);
      }
      switch (function) {
        case "cuInit" -> assertThat(arguments).containsExactly(0);
        case "cuDriverGetVersion" -> write(arguments, cuda);
        case "cuDeviceGetCount" -> write(arguments, count);
        case "cuDeviceGet" -> write(arguments, 7 + (int) arguments[1]);
        case "cuDeviceGetName" -> writeName((byte[]) arguments[0], (int) arguments[1]);
        case "cuDeviceTotalMem_v2" -> ((long[]) arguments[0])[0] = 80L << 30;
        case "cuDeviceGetAttribute" -> write(arguments, (int) arguments[1] == 75 ? 9 : 0);
        default -> throw new AssertionError(function);
      }
      assertThat(function.matches("cuDevice(Get(Name|Attribute)|TotalMem_v2)"))
          .isEqualTo(arguments[arguments.length - 1].equals(7));
      return 0;
    }

    private static void write(Object[] arguments, int value) {
      ((int[]) arguments[0])[0] = value;
    }

    private static void writeName(byte[] name, int bytes) {
      assertThat(name).hasSize(bytes);
      byte[] written = "NVIDIA H100\0rest".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(written, 0, name, 0, written.length);
    }
  }

  @Test
  void aMachineWithoutADriverIsToldSoInOneLine() {
    assertThatThrownBy(() -> NvidiaDriver.load("libcuda-of-nobody.so.1"))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "there is no NVIDIA driver (libcuda-of-nobody.so.1); install NVIDIA driver 525 or newer, in a container with --gpus all");
  }

  @Test
  void aDriverTellsOfItsGpus() {
    NvidiaGpu gpu = new NvidiaGpu("NVIDIA H100", 9, 0, 80L << 30);
    assertThat(NvidiaDriver.of(driver, VERSION))
        .isEqualTo(new NvidiaDriver(VERSION, "12.2", List.of(gpu)));
  }

  @Test
  void theDriverMaySpeakNoOlderCudaThan12() {
    driver.cuda = 12_000;
    assertThat(NvidiaDriver.of(driver, VERSION).cuda()).isEqualTo("12.0");
    driver.cuda = 11_080;
    assertRefused(
        "the NVIDIA driver 535.104.05 speaks CUDA 11.8 only; install NVIDIA driver 525 or newer");
  }

  @Test
  void aDriverThatShowsNoGpuSaysSo() {
    driver.errors.put("cuInit", 100);
    String refusal =
        "the NVIDIA driver 535.104.05 shows this process no GPU; give it one (CUDA_VISIBLE_DEVICES, --gpus of a container)";
    assertRefused(refusal);
    driver.errors.clear();
    driver.count = 0;
    assertRefused(refusal);
  }

  @Test
  void aDriverThatDoesNotStartIsToldWithItsError() {
    driver.errors.put("cuInit", 803);
    assertRefused(
        "the NVIDIA driver 535.104.05 does not start (CUDA error 803); check it with nvidia-smi, or install NVIDIA driver 525 or newer");
  }

  @Test
  void aFunctionThatFailsIsNamed() {
    driver.errors.put("cuDeviceGetName", 3);
    assertRefused(
        "the NVIDIA driver fails in cuDeviceGetName (CUDA error 3); check it with nvidia-smi");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> NvidiaDriver.of(driver, VERSION))
        .isInstanceOf(GpuException.class)
        .hasMessage(message);
  }

  @Test
  void aVersionThatIsHiddenIsLeftOut(@TempDir Path proc) {
    String version = NvidiaDriver.moduleVersion(proc.resolve("version"));
    assertThat(NvidiaDriver.of(driver, version).version()).isEqualTo("unknown");
    driver.errors.put("cuInit", 100);
    assertThatThrownBy(() -> NvidiaDriver.of(driver, version))
        .hasMessageStartingWith("the NVIDIA driver shows this process no GPU; ");
  }

  @Test
  void theModuleTellsItsVersion(@TempDir Path proc) throws IOException {
    Path module = proc.resolve("version");
    Files.writeString(
        module,
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15\n");
    assertThat(NvidiaDriver.moduleVersion(module)).isEqualTo(VERSION);
    Files.writeString(module, "NVRM version: none\n");
    assertThat(NvidiaDriver.moduleVersion(module)).isEqualTo("unknown");
  }

  @Test
  void aGpuThatIsNotThereIsNamed() {
    List<NvidiaGpu> gpus = NvidiaDriver.of(driver, VERSION).gpus();
    assertThat(NvidiaDriver.gpu(gpus, 0)).isEqualTo(gpus.get(0));
    assertThatThrownBy(() -> NvidiaDriver.gpu(gpus, 1))
        .isInstanceOf(GpuException.class)
        .hasMessage("there is no cuda:1; GPUs that the NVIDIA driver shows: 1, from cuda:0 on");
  }
}
