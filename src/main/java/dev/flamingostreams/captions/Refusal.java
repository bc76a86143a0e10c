package dev.flamingostreams.captions;

import dev.flamingostreams.engine.ClipException;

/** Why a clip is not given to the engine though it could be. */
enum Refusal {
  OVERLOADED(CaptionsStage.OVERLOADED, "more clips were pending than max-pending allows"),
  LAGGING(CaptionsStage.LAGGING, "the topology lagged, and windows beside this one overlap it");

  private final String reason;
  private final String message;

  Refusal(String reason, String message) {
    this.reason = reason;
    this.message = message;
  }

  /** Of the dead letter and of the ledger. */
  String reason() {
    return reason;
  }

  ClipException exception() {
    return new ClipException(reason, message);
  }
}
