package dev.flamingostreams.engine;

import java.util.List;
import java.util.Map;

/** Computes batches of clips, and frames ahead of them, for one thread. */
interface BatchProcessor extends AutoCloseable {

  /** Completes the outcome of each job, or throws: then the batch has failed as a whole. */
  void process(List<ClipJob> batch);

  /** Frames to encode ahead in one go. */
  int mostFrames();

  /** Encodes frames of clips to come, best effort: those clips are told what is wrong with them. */
  void encodeAhead(Map<FrameKey, byte[]> images);

  @Override
  void close();
}
