package dev.flamingostreams.plugin;

import java.util.function.Consumer;

/** Whether the description of one topology is on. Once off it stays so until the host restarts. */
final class Switch {
  private final String title;
  private final Consumer<String> output;
  private boolean off; // guarded by this
  private volatile boolean broken;

  /**
   * On at first.
   *
   * @param title such as {@code video description 'scenes' of word-count}
   */
  Switch(String title, Consumer<String> output) {
    this.title = title;
    this.output = output;
  }

  synchronized boolean isOff() {
    return off;
  }

  /** Whether our nodes are not to be entered any more: then clips cannot even be counted. */
  boolean isBroken() {
    return broken;
  }

  /** The model is of no use. */
  void giveUp(String why) {
    turnOff(
        why + "; its clips are dead letters with reason disabled until the application restarts");
  }

  /** Our own nodes are of no use. */
  void breakOff(String why) {
    broken = true;
    turnOff(why + "; frames are skipped until the application restarts");
  }

  private synchronized void turnOff(String why) {
    if (!off) {
      off = true;
      output.accept(title + " has switched itself off: " + why);
    }
  }
}
