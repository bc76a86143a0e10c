package dev.flamingostreams.engine;

import java.util.List;
import java.util.Optional;

/** The sizes that graphs exist for. What does not fill one is padded. */
interface GraphSizes {
  /** Clips of the text graphs' next run, with so many waiting. */
  int clips(int waiting);

  /** Clips of the resampler's next run, with so many waiting. */
  int resampled(int waiting);

  /** Frames of the resampler for clips of so many; the mask tells it which there are. */
  int clipFrames(int frames);

  /** Frames of the vision graph's next run, with so many waiting. */
  int frames(int waiting);

  /** Frames that are worth decoding before the vision graph is run. */
  int mostFrames();

  /** Clips that are worth gathering. */
  int mostClips();

  /**
   * Every shape is compiled in no time, so graphs are made for what is there, but few of them.
   *
   * @param framesAtOnce of the vision graph, which otherwise takes one
   * @param mostClips that are worth gathering
   */
  record OnDemand(int framesAtOnce, int mostClips) implements GraphSizes {

    @Override
    public int clips(int waiting) {
      return BatchSizes.next(waiting);
    }

    /** On a CPU a batch would cost as much, and need a graph for each of its sizes. */
    @Override
    public int resampled(int waiting) {
      return 1;
    }

    @Override
    public int clipFrames(int frames) {
      return frames;
    }

    @Override
    public int frames(int waiting) {
      return waiting >= framesAtOnce ? framesAtOnce : 1;
    }

    @Override
    public int mostFrames() {
      return FrameEncoder.CHUNK;
    }
  }

  /**
   * Compiling a shape takes a minute, so there are few, and a place that stays empty costs next to
   * nothing.
   *
   * @param clipSizes rising
   * @param clipFrameSizes rising; clips of more frames get a graph of their own
   * @param frameSizes rising
   */
  record Compiled(List<Integer> clipSizes, List<Integer> clipFrameSizes, List<Integer> frameSizes)
      implements GraphSizes {

    public Compiled {
      clipSizes = List.copyOf(clipSizes);
      clipFrameSizes = List.copyOf(clipFrameSizes);
      frameSizes = List.copyOf(frameSizes);
    }

    @Override
    public int clips(int waiting) {
      return nearest(clipSizes, waiting);
    }

    @Override
    public int resampled(int waiting) {
      return nearest(clipSizes, waiting);
    }

    @Override
    public int clipFrames(int count) {
      return Math.max(count, nearest(clipFrameSizes, count));
    }

    @Override
    public int frames(int waiting) {
      return nearest(frameSizes, waiting);
    }

    @Override
    public int mostFrames() {
      return last(frameSizes);
    }

    @Override
    public int mostClips() {
      return last(clipSizes);
    }

    /** The smallest that holds so many, else the largest. */
    private static int nearest(List<Integer> sizes, int count) {
      return sizes.stream().filter(size -> size >= count).findFirst().orElse(last(sizes));
    }

    private static int last(List<Integer> sizes) {
      return sizes.get(sizes.size() - 1);
    }

    /** Without what does not fit into memory, if anything smaller is left. */
    Optional<Compiled> without(Graph graph, int size) {
      boolean vision = graph.name().equals(Graphs.VISION);
      List<Integer> smaller =
          (vision ? frameSizes : clipSizes).stream().filter(other -> other < size).toList();
      if (smaller.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          vision
              ? new Compiled(clipSizes, clipFrameSizes, smaller)
              : new Compiled(smaller, clipFrameSizes, frameSizes));
    }
  }
}
