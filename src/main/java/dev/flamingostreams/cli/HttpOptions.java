package dev.flamingostreams.cli;

import dev.flamingostreams.dashboard.WebOptions;
import dev.flamingostreams.dashboard.WebServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where a command listens for browsers and monitors, and who is let in. */
final class HttpOptions {
  static final String TOKEN = "FLAMINGO_HTTP_TOKEN";
  static final String PASSWORD = "FLAMINGO_HTTP_KEYSTORE_PASSWORD";

  private static final String DEFAULT = "127.0.0.1:8080";
  private static final String OFF = "off";
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(\\[[0-9a-fA-F:.]+\\]|[^:]+):)?(\\d+)");

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT|off",
      description = "Where to serve HTTP (" + DEFAULT + ").")
  private @Nullable String address;

  @Option(
      names = "--http-token-file",
      paramLabel = "FILE",
      description = "The token to be shown, needed beyond loopback; or in $" + TOKEN + ".")
  private @Nullable Path tokenFile;

  @Option(
      names = "--http-keystore",
      paramLabel = "FILE",
      description = "Key and certificate of the server, PKCS12: serves HTTPS.")
  private @Nullable Path keystore;

  @Option(
      names = "--http-keystore-password-file",
      paramLabel = "FILE",
      description = "Its password; or in $" + PASSWORD + ".")
  private @Nullable Path passwordFile;

  @Option(
      names = "--http-plain",
      description = "Without TLS beyond loopback: behind a proxy, or in a network of containers.")
  private boolean plain;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /**
   * Listens; empty if it is not to, or if nobody asked and the usual port is taken, which is told.
   */
  Optional<WebServer> open() throws IOException {
    if (areOff()) {
      return Optional.empty();
    }
    if (address != null) {
      return Optional.of(openOrFail());
    }
    try {
      return Optional.of(WebServer.open(options()));
    } catch (BindException e) {
      spec.commandLine()
          .getErr()
          .println(e.getMessage() + ", so nothing is served; choose another with --http");
      spec.commandLine().getErr().flush();
      return Optional.empty();
    }
  }

  boolean areOff() {
    return OFF.equals(address);
  }

  /** Listens, for a command that is of no use without. */
  WebServer openOrFail() throws IOException {
    if (areOff()) {
      throw new CommandException(ExitCode.USAGE, "--http off leaves nothing to do");
    }
    try {
      return WebServer.open(options());
    } catch (BindException e) {
      throw new CommandException(
          ExitCode.BAD_INPUT, e.getMessage() + "; choose another with --http", e);
    }
  }

  private WebOptions options() throws IOException {
    InetSocketAddress where = parse(address == null ? DEFAULT : address);
    SSLContext tls = keystore == null ? null : Certificates.read(keystore, password());
    if (tls == null && !plain && !where.getAddress().isLoopbackAddress()) {
      throw new CommandException(
          ExitCode.USAGE,
          "%s can be reached from other machines: give --http-keystore, or --http-plain if others"
                  .formatted(address)
              + " encrypt");
    }
    try {
      return new WebOptions(where, secret("--http-token-file", tokenFile, TOKEN), tls);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, e.getMessage() + " (--http-token-file or $" + TOKEN + ")", e);
    }
  }

  static InetSocketAddress parse(String address) {
    Matcher parts = ADDRESS.matcher(address);
    try {
      int port = parts.matches() ? Integer.parseInt(parts.group(2)) : -1;
      if (port < 0 || port > 0xFFFF) {
        throw new CommandException(
            ExitCode.USAGE,
            "--http: '%s' is no address; write it like %s, or off".formatted(address, DEFAULT));
      }
      String host = parts.group(1) == null ? "127.0.0.1" : parts.group(1);
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new CommandException(
          ExitCode.USAGE, "--http: '%s' is no address of this machine".formatted(address), e);
    }
  }

  private String password() throws IOException {
    String password = secret("--http-keystore-password-file", passwordFile, PASSWORD);
    if (password == null) {
      throw new CommandException(
          ExitCode.USAGE,
          "--http-keystore needs its password: --http-keystore-password-file or $" + PASSWORD);
    }
    return password;
  }

  private static @Nullable String secret(String option, @Nullable Path file, String variable)
      throws IOException {
    if (file == null) {
      return System.getenv(variable);
    }
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      throw new CommandException(
          ExitCode.USAGE, "%s: there is no file %s".formatted(option, file), e);
    } catch (AccessDeniedException e) {
      throw new CommandException(
          ExitCode.USAGE, "%s: %s may not be read by this user".formatted(option, file), e);
    }
  }
}
