package dev.flamingostreams.engine;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the process that compiles is started: by this Java, with what it finds the class of.
 *
 * @param classPath files and directories
 * @param builder the name of a {@link GraphCompiler.Builder}'s class
 * @param libraries directories that native libraries are found in by their names
 */
record CompilerCommand(List<String> classPath, String builder, List<Path> libraries) {
  private static final String LIBRARY_PATH = "LD_LIBRARY_PATH";

  /** What these say is for this process: agents, ports, the sizes of its heap. */
  private static final List<String> OPTIONS_OF_ALL_JVMS =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** Where native libraries lie, and where those that jars bring may be unpacked to. */
  private static final List<String> PROPERTIES =
      List.of(
          "flamingo.home",
          "flamingo.gpu.libraries",
          "java.library.path",
          "java.io.tmpdir",
          "user.home",
          "jna.boot.library.path",
          "jna.nounpack",
          "jna.nosys",
          "jna.tmpdir",
          "org.bytedeco.javacpp.cachedir");

  /** The first Java that does, unless it is told that it is meant. */
  private static final int WARNS_OF_NATIVE_CODE = 22;

  CompilerCommand {
    classPath = List.copyOf(classPath);
    libraries = List.copyOf(libraries);
  }

  /**
   * For a class that was loaded here.
   *
   * @throws GpuException if no other process would find it
   */
  static CompilerCommand of(Class<? extends GraphCompiler.Builder> builder, List<Path> libraries) {
    URL source = builder.getProtectionDomain().getCodeSource().getLocation();
    if (!isFile(source)) {
      throw new GpuException(
          "graphs are compiled in a process of its own, which cannot load classes from %s; lay Flamingo Streams and its libraries beside the program's archive"
              .formatted(source));
    }
    return new CompilerCommand(classPath(builder.getClassLoader()), builder.getName(), libraries);
  }

  /** What the loader, and those that it asks, load from. */
  private static List<String> classPath(@Nullable ClassLoader loader) {
    List<String> found = new ArrayList<>();
    for (ClassLoader each = loader; each != null; each = each.getParent()) {
      if (each instanceof URLClassLoader urls) {
        Stream.of(urls.getURLs())
            .filter(CompilerCommand::isFile)
            .map(CompilerCommand::file)
            .forEach(found::add);
      } else if (each == ClassLoader.getSystemClassLoader()) {
        found.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)));
      }
    }
    return found;
  }

  private static boolean isFile(URL url) {
    return url.getProtocol().equals("file");
  }

  private static String file(URL url) {
    return Path.of(URI.create(url.toString().replace(" ", "%20"))).toString();
  }

  /**
   * The process, not started.
   *
   * @param crashes directory for what the JVM writes if native code ends it
   */
  ProcessBuilder process(Path crashes) {
    ProcessBuilder process = new ProcessBuilder(command(crashes)).redirectErrorStream(true);
    Map<String, String> environment = process.environment();
    OPTIONS_OF_ALL_JVMS.forEach(environment::remove);
    String ours = libraries.stream().map(Path::toString).collect(joining(File.pathSeparator));
    environment.merge(LIBRARY_PATH, ours, (given, first) -> first + File.pathSeparator + given);
    return process;
  }

  /** Where the JVM of that number writes what native code did to it. */
  static Path crashReport(Path directory, String process) {
    return directory.resolve("compiler-" + process + ".log");
  }

  private List<String> command(Path crashes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + crashReport(crashes, "%p"),
            "-Djava.awt.headless=true",
            "-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%n"));
    if (Runtime.version().feature() >= WARNS_OF_NATIVE_CODE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        command.add("-D" + name + "=" + value);
      }
    }
    command.addAll(
        List.of(
            "-cp",
            String.join(File.pathSeparator, classPath),
            CompilerMain.class.getName(),
            builder));
    return command;
  }
}
