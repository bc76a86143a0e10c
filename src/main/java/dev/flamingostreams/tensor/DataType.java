package dev.flamingostreams.tensor;

/** Element types: 32-bit floats, 32-bit signed integers, booleans. */
public enum DataType {
  FLOAT,
  INT,
  BOOL
}
