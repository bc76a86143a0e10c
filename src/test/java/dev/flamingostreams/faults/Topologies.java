package dev.flamingostreams.faults;

/** Topology files of the tests. */
final class Topologies {
  /** Every frame is in four windows; every red car is an alert. */
  static final String OVERLAPPING =
      """
      name: yard
      clips: {length: 4s, hop: 1s, rate: 4/s, min-frames: 4, grace: 700ms}
      alerts:
      - {name: red, query: red, cooldown: 0s}
      - {name: cars, query: car NOT blue, cooldown: 10s, for: 2}
      """;

  /** Windows that do not overlap. */
  static final String SIDE_BY_SIDE =
      """
      name: yard
      clips: {length: 4s, rate: 4/s, min-frames: 4, grace: 700ms, session-gap: 30s}
      alerts:
      - {name: red, query: red, cooldown: 0s}
      """;

  private Topologies() {}
}
