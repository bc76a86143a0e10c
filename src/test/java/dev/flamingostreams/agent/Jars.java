package dev.flamingostreams.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Packs applications as people do. */
final class Jars {
  private static final String HOSTS = "dev/flamingostreams/agent/hosts";

  private final JarOutputStream out;
  private final Set<String> names = new HashSet<>();

  private Jars(JarOutputStream out) {
    this.out = out;
  }

  /** One jar with the classes of all; of what several have, the first. */
  static Path fat(Path jar, List<Path> classPath, Class<?> main) throws IOException {
    Manifest manifest = manifest(main.getName());
    try (JarOutputStream out = new JarOutputStream(stream(jar), manifest)) {
      Jars jars = new Jars(out);
      for (Path entry : classPath) {
        if (Files.isDirectory(entry)) {
          jars.classes(entry, "");
        } else {
          jars.unpacked(entry);
        }
      }
    }
    return jar;
  }

  /** Jars in a jar, not compressed, and the loader of Spring Boot. */
  static Path nested(Path jar, Path loader, List<Path> classPath, Class<?> main)
      throws IOException {
    Manifest manifest = manifest("org.springframework.boot.loader.launch.JarLauncher");
    manifest.getMainAttributes().putValue("Start-Class", main.getName());
    manifest.getMainAttributes().putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    manifest.getMainAttributes().putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
    try (JarOutputStream out = new JarOutputStream(stream(jar), manifest)) {
      Jars jars = new Jars(out);
      jars.unpacked(loader);
      for (String directory : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
        jars.add(directory, new byte[0]);
      }
      for (Path entry : classPath) {
        if (Files.isDirectory(entry)) {
          jars.classes(entry, "BOOT-INF/classes/");
        } else {
          jars.stored("BOOT-INF/lib/" + entry.getFileName(), Files.readAllBytes(entry));
        }
      }
    }
    return jar;
  }

  private static Manifest manifest(String main) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
    return manifest;
  }

  private static OutputStream stream(Path jar) throws IOException {
    return Files.newOutputStream(jar);
  }

  private void classes(Path directory, String prefix) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve(HOSTS))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        add(prefix + directory.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  private void unpacked(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        if (!entry.isDirectory() && !entry.getName().endsWith("MANIFEST.MF")) {
          add(entry.getName(), file.getInputStream(entry).readAllBytes());
        }
      }
    }
  }

  private void add(String name, byte[] bytes) throws IOException {
    if (names.add(name)) {
      out.putNextEntry(new ZipEntry(name));
      out.write(bytes);
      out.closeEntry();
    }
  }

  private void stored(String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCompressedSize(bytes.length);
    entry.setCrc(crc.getValue());
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }
}
