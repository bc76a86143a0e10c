package dev.flamingostreams.cli;

/** A topology that runs somewhere, and its accounts; a unit is what is counted, such as frames. */
interface Service extends AutoCloseable {

  /** How many have ended so. */
  long of(String unit, String outcome);

  long open(String unit);

  long in(String unit);

  @Override
  void close();
}
