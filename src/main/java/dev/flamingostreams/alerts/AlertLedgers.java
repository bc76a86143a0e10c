package dev.flamingostreams.alerts;

import dev.flamingostreams.schema.Ledger;
import java.util.List;

/**
 * Captions in = matched + without a match + failed. Every rule that matches a caption is one match:
 * matches in = alerts + within cooldown + too few in a row + unsure.
 */
public record AlertLedgers(Ledger captions, Ledger matches) {
  public static final String MATCHED = "matched";
  public static final String UNMATCHED = "without a match";
  public static final String FAILED = "failed";

  public static final String ALERTS = "alerts";
  public static final String COOLING = "within cooldown";
  public static final String TOO_FEW = "too few in a row";
  public static final String UNSURE = "unsure";

  public static AlertLedgers create() {
    return new AlertLedgers(
        new Ledger("alerts", "captions", List.of(MATCHED, UNMATCHED, FAILED)),
        new Ledger("alerts", "matches", List.of(ALERTS, COOLING, TOO_FEW, UNSURE)));
  }
}
