package dev.flamingostreams.training.scenes;

/** What is behind the objects; it does not move by itself. */
public interface Backdrop {
  /**
   * Paints pixels as 0xRRGGBB, row by row.
   *
   * @param width of the frame in pixels
   * @param height of the frame in pixels
   * @param aspect width over height as seen, whatever the pixels
   * @param marginX extra pixels at the left and at the right
   * @param marginY extra pixels above and below
   */
  int[] paint(int width, int height, double aspect, int marginX, int marginY);
}
