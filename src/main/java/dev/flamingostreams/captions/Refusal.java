package dev.flamingostreams.captions;

import dev.flamingostreams.engine.ClipException;

/** Why a clip is not given to the engine though it could be. */
enum Refusal {
  OVERLOADED(ClipException.Reason.OVERLOADED, "more clips were pending than max-pending allows"),
  LAGGING(
      ClipException.Reason.LAGGING, "the topology lagged, and windows beside this one overlap it");

  private final ClipException.Reason reason;
  private final String message;

  Refusal(ClipException.Reason reason, String message) {
    this.reason = reason;
    this.message = message;
  }

  /** Of the ledger. */
  String outcome() {
    return reason.label();
  }

  ClipException exception() {
    return new ClipException(reason, message);
  }
}
