package dev.flamingostreams.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The native libraries of an engine for GPUs. Found by {@link ServiceLoader}. */
public interface GpuSupport {

  /**
   * A native library that the engine needs.
   *
   * @param file its name
   * @param path where it lies, if it does
   */
  record Library(String file, Optional<Path> path) {}

  /** Those that this distribution brings: none without {@code -Pgpu} or {@code -Pcuda}. */
  static List<GpuSupport> all() {
    List<GpuSupport> all = new ArrayList<>();
    Djl.inOwnLoader(() -> ServiceLoader.load(GpuSupport.class).stream().toList())
        .forEach(provider -> all.add(provider.get()));
    OnnxCuda.directory().ifPresent(built -> all.add(new OnnxCuda()));
    return all;
  }

  /** The engine's name. */
  String engine();

  /** What is needed, found or not. Loads none. */
  List<Library> libraries();

  /**
   * Loads the libraries unless they are, which needs no GPU; DJL finds the engine from then on.
   * Looks also at those that others are to load.
   *
   * @return the version of the engine, such as 8.6.1
   * @throws GpuException if one is missing or cannot be loaded
   */
  String load();
}
