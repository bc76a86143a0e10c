package dev.flamingostreams.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AbruptEndTest {

  @Test
  void nothingIsTakenApartAndTheCodeAndWhatWasPrintedArrive() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo("said");
    assertThat(process.waitFor()).isEqualTo(5);
  }

  /** Says something, and would say more if it ended in good order. */
  static final class Ending {
    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.print("taken apart")));
      System.out.print("said");
      AbruptEnd.now(5);
    }
  }
}
