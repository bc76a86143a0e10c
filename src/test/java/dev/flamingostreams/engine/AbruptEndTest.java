package dev.flamingostreams.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbruptEndTest {

  @Test
  void nothingIsTakenApartAndTheCodeAndWhatWasPrintedArrive() throws Exception {
    Process process = OwnJvm.of(Ending.class).redirectErrorStream(true).start();

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
