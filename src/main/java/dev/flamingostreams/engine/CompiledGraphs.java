package dev.flamingostreams.engine;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flamingostreams.checkpoints.FileHash;
import dev.flamingostreams.checkpoints.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Compiled graphs on disk. Each file has a note beside it that says what it was made of and what
 * its content's digest is; one without, or that is not as its note says, is compiled again. Of
 * several threads and processes that want the same graph, one compiles it and the others wait.
 */
final class CompiledGraphs {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  static final String ANOTHER =
      "name another directory with XDG_CACHE_HOME or the system property flamingo.cache";

  /** By the names of the files: a lock on a file is the process's, not the thread's. */
  private static final Map<String, ReentrantLock> ONE_THREAD = new ConcurrentHashMap<>();

  /** Compiling takes GBs of memory, so that a process does it for one graph at a time. */
  private static final ReentrantLock ONE_COMPILATION = new ReentrantLock();

  private final Path directory;
  private final Consumer<String> notes;

  /**
   * @param notes is told what is waited for, a line each
   */
  CompiledGraphs(Path directory, Consumer<String> notes) {
    this.directory = directory;
    this.notes = notes;
  }

  /** Where they are kept unless told otherwise: the system property, or the user's cache. */
  static Path directory() {
    String named = System.getProperty("flamingo.cache", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path caches =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return caches.resolve("flamingo-streams");
  }

  /** Compiles into a file and gives the bytes of GPU memory that running it takes. */
  @FunctionalInterface
  interface Compilation {
    long into(Path file) throws IOException;
  }

  /**
   * A compiled graph.
   *
   * @param deviceBytes of GPU memory that running it takes, its weights apart
   */
  record Compiled(Path file, long deviceBytes) {}

  /** What lies beside a file. */
  record Note(String made, String sha256, long deviceBytes) {}

  /** A file that all graphs share, such as timings. */
  Path shared(String name) {
    return directory.resolve(plain(name) + ".bin");
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9]+", "-");
  }

  /**
   * The compiled graph, from disk or from the compilation.
   *
   * @param name of the graph and its shape, for people
   * @param made everything that it depends on
   */
  Compiled get(String name, String made, Compilation compilation) throws IOException {
    create(directory);
    String key = Digests.id(Stream.of(made));
    String stem = plain(name) + "-" + key;
    Path file = directory.resolve(stem + ".trt");
    Path note = directory.resolve(stem + ".json");
    ReentrantLock oneThread = ONE_THREAD.computeIfAbsent(stem, any -> new ReentrantLock());
    oneThread.lock();
    try (FileChannel channel = FileChannel.open(directory.resolve(stem + ".lock"), CREATE, WRITE)) {
      lock(channel, name);
      Optional<Compiled> found = found(file, note, made);
      return found.isPresent() ? found.get() : compiled(file, note, made, compilation);
    } finally {
      oneThread.unlock();
    }
  }

  /** Until the channel is closed. */
  private void lock(FileChannel channel, String name) throws IOException {
    if (channel.tryLock() == null) {
      notes.accept("waiting for %s, which another process compiles".formatted(name));
      channel.lock();
    }
  }

  /** What is in these files runs as native code, so nobody else may write them. */
  private static void create(Path directory) throws IOException {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!posix) {
      Files.createDirectories(directory);
    } else if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } else {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
      if (permissions.contains(GROUP_WRITE) || permissions.contains(OTHERS_WRITE)) {
        throw new GpuException(
            "others may write to %s and what is in it is run; chmod 700 it".formatted(directory));
      }
      if (!Files.isWritable(directory)) {
        throw new GpuException("cannot write to %s; %s".formatted(directory, ANOTHER));
      }
      if (!isOurs(directory)) {
        throw new GpuException(
            "%s belongs to %s and what is in it is run; %s"
                .formatted(directory, Files.getOwner(directory), ANOTHER));
      }
    }
  }

  // The owner of a file that we make is whoever we are to the system.
  private static boolean isOurs(Path directory) throws IOException {
    Path ours = Files.createTempFile(directory, "owner", null);
    try {
      return Files.getOwner(directory).equals(Files.getOwner(ours));
    } finally {
      Files.delete(ours);
    }
  }

  private static Optional<Compiled> found(Path file, Path note, String made) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isRegularFile(note)) {
      return Optional.empty();
    }
    Note read;
    try {
      read = new JsonMapper().readValue(note.toFile(), Note.class);
    } catch (IOException e) {
      return Optional.empty();
    }
    return made.equals(read.made) && FileHash.sha256(file).equals(read.sha256)
        ? Optional.of(new Compiled(file, read.deviceBytes))
        : Optional.empty();
  }

  private static Compiled compiled(Path file, Path note, String made, Compilation compilation)
      throws IOException {
    Files.deleteIfExists(note);
    Path draft = file.resolveSibling(file.getFileName() + ".part");
    try {
      long deviceBytes = alone(compilation, draft);
      String digest = FileHash.sha256(draft);
      WholeFile.move(draft, file);
      WholeFile.write(
          note, new JsonMapper().writeValueAsString(new Note(made, digest, deviceBytes)));
      return new Compiled(file, deviceBytes);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static long alone(Compilation compilation, Path draft) throws IOException {
    ONE_COMPILATION.lock();
    try {
      return compilation.into(draft);
    } finally {
      ONE_COMPILATION.unlock();
    }
  }
}
