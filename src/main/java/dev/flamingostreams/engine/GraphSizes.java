package dev.flamingostreams.engine;

import java.util.List;

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

  /**
   * Every shape is compiled in no time, so graphs are made for what is there, but few of them.
   *
   * @param framesAtOnce of the vision graph, which otherwise takes one
   */
  record OnDemand(int framesAtOnce) implements GraphSizes {

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
   * @param clips rising
   * @param clipFrames rising; clips of more frames get a graph of their own
   * @param frames rising
   */
  record Compiled(List<Integer> clips, List<Integer> clipFrames, List<Integer> frames)
      implements GraphSizes {

    public Compiled {
      clips = List.copyOf(clips);
      clipFrames = List.copyOf(clipFrames);
      frames = List.copyOf(frames);
    }

    @Override
    public int clips(int waiting) {
      return nearest(clips, waiting);
    }

    @Override
    public int resampled(int waiting) {
      return nearest(clips, waiting);
    }

    @Override
    public int clipFrames(int count) {
      return Math.max(count, nearest(clipFrames, count));
    }

    @Override
    public int frames(int waiting) {
      return nearest(frames, waiting);
    }

    @Override
    public int mostFrames() {
      return frames.get(frames.size() - 1);
    }

    /** The smallest that holds so many, else the largest. */
    private static int nearest(List<Integer> sizes, int count) {
      return sizes.stream()
          .filter(size -> size >= count)
          .findFirst()
          .orElse(sizes.get(sizes.size() - 1));
    }
  }
}
