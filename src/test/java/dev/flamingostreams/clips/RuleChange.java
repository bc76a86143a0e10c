package dev.flamingostreams.clips;

/** What happens to the windows of a stream when an application goes on with other rules. */
public final class RuleChange {
  private RuleChange() {}

  public static StreamWindows of(
      StreamWindows windows, ClipRules rules, StreamWindows.Outcome outcome) {
    windows.interrupt(false, outcome);
    return windows.under(Cut.of(rules));
  }
}
