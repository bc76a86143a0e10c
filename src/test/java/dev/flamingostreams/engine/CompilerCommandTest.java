package dev.flamingostreams.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.security.cert.Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompilerCommandTest {
  private static final List<Path> LIBRARIES = List.of(Path.of("/opt/gpu"), Path.of("/opt/more"));

  @Test
  void aProgramsClassPathIsTheProcesses() {
    CompilerCommand command = CompilerCommand.of(OwnBuilders.Telling.class, LIBRARIES);
    assertThat(String.join(File.pathSeparator, command.classPath()))
        .isEqualTo(System.getProperty("java.class.path"));
    assertThat(command.process(Path.of("/cache")).command())
        .contains("-XX:ErrorFile=/cache/compiler-%p.log")
        .endsWith(CompilerMain.class.getName(), OwnBuilders.Telling.class.getName());
  }

  /** As the agent does, whose host must not lend its classes. */
  @Test
  void ofALoaderThatSeesNoOtherTheProcessHasWhatItLoadsFrom() throws Exception {
    Path directory = Path.of(source().toURI());
    URL spaced = URI.create("file:/opt/with%20space/a.jar").toURL();
    URL[] urls = {source(), spaced, new URL("jar:file:/opt/app.jar!/b.jar")};
    try (URLClassLoader loader =
        new URLClassLoader(urls, ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            return name.equals(GraphCompiler.Builder.class.getName())
                ? GraphCompiler.Builder.class
                : super.findClass(name);
          }
        }) {
      Class<? extends GraphCompiler.Builder> build =
          loader
              .loadClass(OwnBuilders.Telling.class.getName())
              .asSubclass(GraphCompiler.Builder.class);
      assertThat(CompilerCommand.of(build, LIBRARIES).classPath())
          .isEqualTo(List.of(directory.toString(), "/opt/with space/a.jar"));
    }
  }

  @Test
  void whatLiesInAnArchiveWithinAnotherIsRefusedByItsPlace() throws Exception {
    URL nested = new URL("jar:file:/opt/app.jar!/flamingo-streams.jar!/");
    Class<? extends GraphCompiler.Builder> build = new Nested(nested).telling();
    assertThatThrownBy(() -> CompilerCommand.of(build, LIBRARIES))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "graphs are compiled in a process of its own, which cannot load classes from %s; lay Flamingo Streams and its libraries beside the program's archive",
            nested);
  }

  /** An image has unpacked them, and lets nothing else be loaded. */
  @Test
  void nativeLibrariesOfJarsAreFoundWhereThisProcessFindsThem() {
    System.setProperty("jna.boot.library.path", "/opt/natives");
    try {
      assertThat(
              CompilerCommand.of(OwnBuilders.Telling.class, LIBRARIES)
                  .process(Path.of("/cache"))
                  .command())
          .contains(
              "-Djna.boot.library.path=/opt/natives",
              "-Djava.library.path=" + System.getProperty("java.library.path"))
          .doesNotContain("-Djna.nounpack=null");
    } finally {
      System.clearProperty("jna.boot.library.path");
    }
  }

  @Test
  void nativeLibrariesAreFoundBeforeTheSystems() {
    ProcessBuilder builder =
        CompilerCommand.of(OwnBuilders.Telling.class, LIBRARIES).process(Path.of("/cache"));
    String systems = System.getenv("LD_LIBRARY_PATH");
    assertThat(builder.environment())
        .containsEntry(
            "LD_LIBRARY_PATH",
            "/opt/gpu:/opt/more" + (systems == null ? "" : File.pathSeparator + systems));
  }

  private static URL source() {
    return OwnBuilders.class.getProtectionDomain().getCodeSource().getLocation();
  }

  /** A loader of classes from elsewhere. */
  private static final class Nested extends SecureClassLoader {
    private final URL source;

    Nested(URL source) {
      this.source = source;
    }

    Class<? extends GraphCompiler.Builder> telling() throws IOException {
      String name = OwnBuilders.Telling.class.getName();
      try (InputStream file = OwnBuilders.class.getResourceAsStream("OwnBuilders$Telling.class")) {
        byte[] bytes = file.readAllBytes();
        return defineClass(
                name, bytes, 0, bytes.length, new CodeSource(source, (Certificate[]) null))
            .asSubclass(GraphCompiler.Builder.class);
      }
    }
  }
}
