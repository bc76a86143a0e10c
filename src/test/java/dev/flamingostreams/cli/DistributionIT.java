package dev.flamingostreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.frames.Cameras;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the package phase has laid out. */
class DistributionIT {
  private static final Path HOME = Path.of(System.getProperty("flamingo.home"));
  private static final Pattern NATIVE =
      Pattern.compile(".*\\.(so|dll|dylib|jnilib|a)(\\.[0-9.]+)?", Pattern.CASE_INSENSITIVE);
  private static final List<String> LINUX = List.of("linux");
  private static final List<String> MAC = List.of("osx", "mac", "darwin");
  private static final List<String> WINDOWS = List.of("win");

  @TempDir Path elsewhere;

  @Test
  void theLibrariesHoldNativesOfThisSystemOnly() throws IOException {
    List<String> natives = new ArrayList<>();
    for (Path jar : libraries()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        file.stream()
            .map(JarEntry::getName)
            .filter(name -> NATIVE.matcher(name).matches())
            .forEach(natives::add);
      }
    }
    assertThat(natives).isNotEmpty().allMatch(DistributionIT::isOfThisSystem);
  }

  @Test
  void neitherKotlinNorTestsAreOnTheClassPath() throws IOException {
    assertThat(libraries())
        .isNotEmpty()
        .map(jar -> jar.getFileName().toString())
        .noneMatch(name -> name.matches("(kotlin|junit|assertj|archunit|.*-test).*"));
  }

  @Test
  void whatImagesDoWithoutLiesApart() throws IOException {
    String apart = "(scala-|kafka_2|log4j-|pytorch-).*";
    assertThat(libraries())
        .filteredOn(jar -> jar.getFileName().toString().matches(apart))
        .isNotEmpty()
        .allMatch(jar -> jar.toString().matches(".*/lib/(broker|training)/[^/]+"));
  }

  @Test
  void theListOfPartsNamesEveryLibrary() throws IOException {
    assumeThat(HOME.resolve("sbom.json")).as("made by builds without -o").exists();
    Set<String> listed = new HashSet<>();
    for (JsonNode part :
        new JsonMapper().readTree(HOME.resolve("sbom.json").toFile()).get("components")) {
      listed.add(part.path("name").asText() + "-" + part.path("version").asText());
    }
    assertThat(libraries())
        .map(jar -> jar.getFileName().toString())
        .filteredOn(name -> !name.startsWith("flamingo-streams-"))
        .isNotEmpty()
        .allMatch(name -> listed.stream().anyMatch(name::startsWith));
  }

  @Test
  void theProgramStartsFromAnyDirectoryThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("flamingo"), script().toRealPath());
    Process process =
        new ProcessBuilder(link.toString(), "--version")
            .directory(elsewhere.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).startsWith("flamingo ").hasLineCount(1);
  }

  @Test
  void nothingIsLeftInTheTemporaryDirectory() throws Exception {
    ProcessBuilder describe =
        new ProcessBuilder(script().toString(), "describe", "no-such-video.mp4");
    describe.environment().put("FLAMINGO_OPTS", "-Djava.io.tmpdir=" + elsewhere);
    Process process = describe.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(elsewhere).as(output).isEmptyDirectory();
  }

  @Test
  void theSampleOfManyCamerasIsRead() throws IOException {
    assertThat(Cameras.read(HOME.resolve("config/cameras.yaml"))).hasSize(2);
  }

  private static Path script() {
    return HOME.resolve("bin/flamingo");
  }

  private static List<Path> libraries() throws IOException {
    try (Stream<Path> files = Files.walk(HOME.resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  /** Names of libraries that say nothing of a system are in jars of one platform. */
  private static boolean isOfThisSystem(String entry) {
    String name = entry.toLowerCase(Locale.ROOT);
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    List<List<String>> others = new ArrayList<>(List.of(LINUX, MAC, WINDOWS));
    others.removeIf(words -> words.stream().anyMatch(system::startsWith));
    return others.stream()
        .flatMap(List::stream)
        .noneMatch(word -> name.matches(".*[/-]" + word + "[-/0-9x].*"));
  }
}
