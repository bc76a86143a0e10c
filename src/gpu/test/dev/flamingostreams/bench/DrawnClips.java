package dev.flamingostreams.bench;

import dev.flamingostreams.engine.ModelPath;
import dev.flamingostreams.flamingo.FlamingoConfig;

/** The clips that engines are compared by. */
public final class DrawnClips {
  private DrawnClips() {}

  /** The same ones each time. */
  public static ModelPath.Work draw(FlamingoConfig config, int clips, int frames) {
    return new BenchClips(config).draw(clips, frames);
  }
}
