package dev.flamingostreams.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
  @TempDir Path directory;

  @Test
  void topologiesAndPairsAreSeparatedByCommas() {
    Options options = Options.parse("topologies/scenes, strict=true,yard.yaml,application-id=a=b");
    assertThat(options.values())
        .containsOnly(
            entry("topologies", "topologies/scenes,yard.yaml"),
            entry("strict", "true"),
            entry("application-id", "a=b"));
    assertThat(options.strict()).isTrue();
    assertThat(options.applicationId()).isEqualTo("a=b");
  }

  @Test
  void byDefaultItIsNotStrictAndTheFirstApplicationIsMeant() {
    Options options = Options.parse("scenes");
    assertThat(options.strict()).isFalse();
    assertThat(options.applicationId()).isNull();
  }

  @Test
  void aPropertiesFileHasTheSameKeys() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("agent.properties"), "topologies = scenes,yard\nmode = alongside\n");
    assertThat(Options.parse(file + ",door").values())
        .containsOnly(entry("topologies", "scenes,yard,door"), entry("mode", "alongside"));
  }

  @Test
  void whetherToBeStrictIsReadFromAnArgumentThatIsWrong() throws IOException {
    Path strict = directory.resolve("strict.properties");
    Files.writeString(strict, "moed = alongside\nstrict = true\n");
    Path lenient = Files.writeString(directory.resolve("lenient.properties"), "strict = false\n");
    assertThat(Options.asksForStrict("scenes,moed=alongside,strict = true")).isTrue();
    assertThat(Options.asksForStrict("scenes," + strict)).isTrue();
    assertThat(Options.asksForStrict("scenes,none.properties," + lenient)).isFalse();
    assertThat(Options.asksForStrict("scenes,application-id=my-strict=true")).isFalse();
    assertThat(Options.asksForStrict(null)).isFalse();
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse(null))
        .withMessageContaining("no topology is named");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse("mode=alongside"))
        .withMessageContaining("no topology is named");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse("scenes,moed=alongside"))
        .withMessageStartingWith("there is no option 'moed'; there are application-id, ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse("none.properties"))
        .withMessageStartingWith("none.properties cannot be read");
  }
}
