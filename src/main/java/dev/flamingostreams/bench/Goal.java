package dev.flamingostreams.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is asked of a figure, if anything is. */
record Goal(Kind kind, double asked) {
  static final Goal NONE = new Goal(Kind.NONE, 0);

  /** On which side of what is asked a figure is to be. */
  enum Kind {
    NONE,
    AT_LEAST,
    AT_MOST
  }

  static Goal atLeast(double asked) {
    return new Goal(Kind.AT_LEAST, asked);
  }

  static Goal atMost(double asked) {
    return new Goal(Kind.AT_MOST, asked);
  }

  /** The figure, what was asked of it, and whether it was reached, which no number never is. */
  ObjectNode of(double measured) {
    ObjectNode all = new JsonMapper().createObjectNode();
    all.put("measured", Double.isFinite(measured) ? Spread.round(measured) : measured);
    switch (kind) {
      case NONE -> {}
      case AT_LEAST -> all.put("asked_at_least", asked).put("reached", measured >= asked);
      case AT_MOST -> all.put("asked_at_most", asked).put("reached", measured <= asked);
    }
    return all;
  }
}
