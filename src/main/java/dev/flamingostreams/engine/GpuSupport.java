package dev.flamingostreams.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** An engine for GPUs that the distribution may bring. Found by {@link ServiceLoader}. */
public interface GpuSupport {

  /**
   * A native library that the engine needs.
   *
   * @param file its name
   * @param path where it lies, if it does
   */
  record Library(String file, Optional<Path> path) {}

  /** Those that this build brings: none without {@code -Pgpu}. */
  static List<GpuSupport> all() {
    return ServiceLoader.load(GpuSupport.class, GpuSupport.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Of the engine, as DJL calls it. */
  String engine();

  /** The libraries that are needed, found or not. Loads none. */
  List<Library> libraries();

  /**
   * Loads the libraries unless they are; DJL finds the engine from then on. Needs no GPU.
   *
   * @return the version of the engine
   * @throws GpuException if one is missing or cannot be loaded
   */
  String load();

  /** Why the engine cannot run on this machine, if it cannot. Loads the libraries. */
  Optional<String> problem();
}
