package dev.flamingostreams.engine;

/** Makes what a vision encoder looks at of an image. Safe for use by several threads. */
interface Preprocessor {
  /** Normalised planes of red, green and blue, {@code [3, side, side]}. */
  float[] apply(Pixels image);
}
