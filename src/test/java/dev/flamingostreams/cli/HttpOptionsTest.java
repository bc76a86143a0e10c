package dev.flamingostreams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flamingostreams.dashboard.WebServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class HttpOptionsTest {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir Path directory;

  /** A command that has the options. */
  @Command
  private static final class Any {
    @Mixin private HttpOptions http = new HttpOptions();
  }

  @Test
  void anAddressIsAHostAndAPort() {
    assertThat(HttpOptions.parse("8081").toString()).contains("127.0.0.1:8081");
    assertThat(HttpOptions.parse("localhost:80").getPort()).isEqualTo(80);
    assertThat(HttpOptions.parse("[::1]:9").getAddress().isLoopbackAddress()).isTrue();
    assertThat(HttpOptions.parse("0.0.0.0:9").getAddress().isAnyLocalAddress()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "localhost:", "localhost:70000", ":80", "::1:80", "a:9999999999"})
  void whatIsNoAddressIsRefusedInOneLine(String given) {
    assertThatThrownBy(() -> HttpOptions.parse(given))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("--http")
        .message()
        .hasLineCount(1);
  }

  @Test
  void offServesNothing() throws Exception {
    assertThat(options("--http", "off").open()).isEmpty();
  }

  @Test
  void aPortThatWasAskedForAndIsTakenIsAMistake() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> options("--http", "127.0.0.1:" + taken.getLocalPort()).open())
          .isInstanceOf(CommandException.class)
          .hasMessageContaining(":" + taken.getLocalPort())
          .hasMessageContaining("choose another with --http");
    }
  }

  @Test
  void beyondLoopbackTokenAndTlsAreWanted() throws Exception {
    assertThatThrownBy(() -> options("--http", "0.0.0.0:0").open())
        .hasMessageContaining("--http-keystore");
    assertThatThrownBy(() -> options("--http", "0.0.0.0:0", "--http-plain").open())
        .hasMessageContaining("--http-token-file");
    assertThatThrownBy(
            () ->
                options("--http", "0.0.0.0:0", "--http-plain", "--http-token-file", file("short"))
                    .open())
        .hasMessageContaining("5 characters")
        .hasMessageNotContaining("short");
    Optional<WebServer> open =
        options("--http", "0.0.0.0:0", "--http-plain", "--http-token-file", file(TOKEN + "\n"))
            .open();
    assertThat(open).isPresent();
    open.get().close();
  }

  @Test
  void aKeystoreServesHttps() throws Exception {
    Path keystore = keystore();
    Optional<WebServer> open =
        options(
                "--http",
                "0",
                "--http-keystore",
                keystore.toString(),
                "--http-keystore-password-file",
                file("changeit"))
            .open();
    assertThat(open.orElseThrow().address()).startsWith("https://127.0.0.1:");
    open.get().close();
  }

  @Test
  void aKeystoreThatCannotBeReadIsNamed() throws Exception {
    assertThatThrownBy(
            () ->
                options(
                        "--http",
                        "0",
                        "--http-keystore",
                        keystore().toString(),
                        "--http-keystore-password-file",
                        file("wrong"))
                    .open())
        .hasMessageContaining("keys.p12")
        .hasMessageContaining("password")
        .hasMessageNotContaining("wrong");
    assertThatThrownBy(
            () ->
                options(
                        "--http",
                        "0",
                        "--http-keystore",
                        "no-such.p12",
                        "--http-keystore-password-file",
                        file("x"))
                    .open())
        .hasMessageContaining("no-such.p12");
    assertThatThrownBy(() -> options("--http", "0", "--http-keystore", "no-such.p12").open())
        .hasMessageContaining("--http-keystore-password-file");
  }

  private static HttpOptions options(String... args) {
    Any any = new Any();
    new CommandLine(any).setErr(new PrintWriter(new StringWriter())).parseArgs(args);
    return any.http;
  }

  private String file(String content) throws Exception {
    return Files.writeString(Files.createTempFile(directory, "secret", ""), content).toString();
  }

  private Path keystore() throws Exception {
    Path keystore = directory.resolve("keys.p12");
    if (!Files.exists(keystore)) {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  "a",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=localhost",
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  "changeit",
                  "-keystore",
                  keystore.toString())
              .redirectErrorStream(true)
              .start();
      assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    return keystore;
  }
}
