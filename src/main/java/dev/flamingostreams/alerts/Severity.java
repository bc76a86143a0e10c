package dev.flamingostreams.alerts;

import java.util.Locale;

/** How much an alert matters. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;

  /** As in topology files and in {@link dev.flamingostreams.schema.Alert}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
