package dev.flamingostreams.bench.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent that does nothing: it shows what a JVM takes for any agent. */
public final class IdleAgent {
  private IdleAgent() {}

  /** What a JVM calls before the application. */
  public static void premain(String options) {
    // nothing is to be done
  }

  /**
   * Writes its jar, which names this class; the class itself is on the application's class path.
   */
  static Path write(Path directory) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", IdleAgent.class.getName());
    Path file = directory.resolve("idle-agent.jar");
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
    return file;
  }
}
