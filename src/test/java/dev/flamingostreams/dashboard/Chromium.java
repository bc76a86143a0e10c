package dev.flamingostreams.dashboard;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real browser without a window, of the distribution's packages. Where a build machine lacks it,
 * the project's script installs it; elsewhere the test says what is missing.
 */
final class Chromium implements AutoCloseable {
  private static final boolean IS_BUILD_MACHINE = "true".equals(System.getenv("CI"));
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  static Chromium open() throws IOException, InterruptedException {
    if (found().isEmpty() && IS_BUILD_MACHINE) {
      install();
    }
    Path browser = found().orElseGet(Chromium::missing);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toString());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--lang=en");
    options.addArguments("--disable-dev-shm-usage");
    options.setAcceptInsecureCerts(true);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(onPath("chromedriver").orElseThrow().toFile())
            .build();
    return new Chromium(new ChromeDriver(service, options));
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    driver.manage().window().setSize(new Dimension(width, height));
  }

  /**
   * @param scheme {@code light} or {@code dark}
   */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
  }

  /** What the page complained of: scripts that fail, what the policy forbids. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(Object::toString)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static Optional<Path> found() {
    return onPath("chromedriver").isEmpty()
        ? Optional.empty()
        : BROWSERS.stream().flatMap(name -> onPath(name).stream()).findFirst();
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path missing() {
    String line =
        "there is no chromium with chromedriver; install both, on Debian by"
            + " src/test/scripts/install-chromium";
    if (IS_BUILD_MACHINE) {
      throw new IllegalStateException(line);
    }
    return abort(line);
  }

  private static void install() throws IOException, InterruptedException {
    Process script =
        new ProcessBuilder("sh", "src/test/scripts/install-chromium").inheritIO().start();
    if (!script.waitFor(10, TimeUnit.MINUTES)) {
      script.destroyForcibly();
    }
  }
}
