package dev.flamingostreams.engine;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every graph that clips of a task may need: where graphs are compiled for minutes, no clip is to
 * wait for that.
 */
record TaskGraphs(Graphs graphs, GraphSizes.Compiled sizes) {

  List<Graph> of(PreparedTask task) {
    Stream<Graph> vision = sizes.frameSizes().stream().map(graphs::vision);
    return Stream.concat(vision, sizes.clipSizes().stream().flatMap(clips -> of(task, clips)))
        .toList();
  }

  private Stream<Graph> of(PreparedTask task, int clips) {
    Stream<Graph> resampler =
        sizes.clipFrameSizes().stream().map(frames -> graphs.resampler(clips, frames));
    return Stream.concat(resampler, task.graphs(graphs, clips));
  }
}
