package dev.flamingostreams.plugin;

import dev.flamingostreams.engine.Describer;
import dev.flamingostreams.engine.Engine;
import dev.flamingostreams.engine.EngineChoice;
import dev.flamingostreams.engine.EngineOptions;
import dev.flamingostreams.engine.EngineUsage;
import dev.flamingostreams.engine.ExampleException;
import dev.flamingostreams.engine.GpuException;
import dev.flamingostreams.engine.Task;
import dev.flamingostreams.engine.TaskException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The models that the topologies of a JVM share: each directory is opened once for each engine and
 * device that is asked for, each topology gets a describer with its prompt. Closing closes the
 * describers, then the models.
 */
public final class Models implements AutoCloseable {
  private final Path directory;
  private final EngineOptions options;
  private volatile Map<Opened, Engine> engines = Map.of(); // in their order; replaced, not changed
  private final Deque<Describer> describers = new ArrayDeque<>();

  /** What an engine is shared by. */
  private record Opened(Path model, EngineChoice choice) {}

  /** What a topology asks, and of which model. */
  private record Asked(Path model, Task task, EngineChoice choice) {}

  /**
   * @param directory where a model of a plain name lies, {@code models/} of the distribution
   */
  public Models(Path directory, EngineOptions options) {
    this.directory = directory;
    this.options = options;
  }

  /**
   * A describer for one topology.
   *
   * @throws TopologyException if there is no such directory, an example cannot be seen, or the
   *     model cannot be asked this
   * @throws dev.flamingostreams.checkpoints.ModelException if it holds no whole model
   */
  public Describer describer(TopologyFile file) {
    return told(file, () -> describer(asked(file)));
  }

  /**
   * {@link #describer(TopologyFile)} for topologies of one process. The first describer comes when
   * all that any of them needs is compiled: kernels are timed on a GPU that does nothing else.
   */
  public Function<TopologyFile, Describer> describers(List<TopologyFile> files) {
    Map<TopologyFile, Asked> all = new HashMap<>();
    return file -> {
      if (all.isEmpty()) {
        files.forEach(each -> all.put(each, told(each, () -> prepared(each))));
      }
      Asked asked = all.get(file);
      return asked == null ? describer(file) : told(file, () -> describer(asked));
    };
  }

  private synchronized Asked prepared(TopologyFile file) {
    Asked asked = asked(file);
    engine(asked).prepare(asked.task);
    return asked;
  }

  private Asked asked(TopologyFile file) {
    EngineChoice choice = file.engine().with(options.choice());
    return new Asked(locate(file), file.task().task(ExampleMedia.of(file)), choice);
  }

  /** Faults of what a topology asks, by its lines. */
  private static <T> T told(TopologyFile file, Supplier<T> work) {
    try {
      return work.get();
    } catch (ExampleException e) {
      TaskPlan.Example example = file.task().shown().get(e.example());
      throw new TopologyException(
          List.of("%s: %s: %s".formatted(example.where(), example.media(), e.fault())));
    } catch (TaskException e) {
      throw new TopologyException(List.of(file.file() + ": " + e.getMessage()));
    } catch (GpuException e) {
      throw new GpuException(file.file() + ": " + e.getMessage(), e);
    }
  }

  /** A describer of the model in a directory. */
  public Describer describer(Path model, Task task) {
    return describer(new Asked(model, task, options.choice()));
  }

  private synchronized Describer describer(Asked asked) {
    Describer describer = engine(asked).describer(asked.task);
    describers.push(describer);
    return describer;
  }

  private Engine engine(Asked asked) {
    Opened wanted = new Opened(asked.model.toAbsolutePath().normalize(), asked.choice.resolved());
    Engine engine = engines.get(wanted);
    if (engine == null) {
      engine = Engine.open(wanted.model, options.withChoice(asked.choice));
      Map<Opened, Engine> more = new LinkedHashMap<>(engines);
      more.put(wanted, engine);
      engines = Collections.unmodifiableMap(more);
    }
    return engine;
  }

  /** What each model that is open has done, by its directory's name; its choice too if twice. */
  public Map<String, EngineUsage> usage() {
    Map<String, EngineUsage> usage = new TreeMap<>();
    engines.forEach(
        (opened, engine) -> {
          String name = String.valueOf(opened.model.getFileName());
          usage.put(usage.containsKey(name) ? name + " on " + opened.choice : name, engine.usage());
        });
    return usage;
  }

  /** A name under the models' directory, or a path, relative to the topology file's directory. */
  Path locate(TopologyFile file) {
    try {
      Path named = directory.resolve(file.model());
      Path beside = file.file().toAbsolutePath().resolveSibling(file.model());
      for (Path candidate : List.of(named, beside)) {
        if (Files.isDirectory(candidate)) {
          return candidate;
        }
      }
    } catch (InvalidPathException e) {
      // Then it is no directory either.
    }
    throw new TopologyException(
        List.of(
            "%s: model: '%s' is neither a directory in %s nor one beside this file; name one that is"
                .formatted(file.file(), file.model(), directory)));
  }

  /** Lets every model come to rest, see {@link Engine#rest}. Does not wait for one that loads. */
  void rest(Duration patience) {
    engines.values().forEach(engine -> engine.rest(patience));
  }

  @Override
  public synchronized void close() {
    while (!describers.isEmpty()) {
      describers.pop().close();
    }
    engines.values().forEach(Engine::close);
    engines = Map.of();
  }
}
