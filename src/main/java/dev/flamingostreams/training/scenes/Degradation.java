package dev.flamingostreams.training.scenes;

/**
 * What a camera and a codec do to the frames.
 *
 * @param noise standard deviation of the brightness noise, in levels of 255, after averaging to
 *     96x96 pixels
 * @param chromaNoise the same of the colour noise
 * @param drift change of brightness from the first to the last frame, as a fraction
 * @param flicker amplitude of a quick change of brightness, as a fraction
 * @param shake amplitude of the camera's shake, as a fraction of the frame's height
 * @param shakeRate oscillations of shake and flicker in the clip
 * @param blur standard deviation of the blur, as a fraction of the frame's height
 * @param exposure for how long a frame is exposed, as a fraction of the clip: motion blurs
 * @param quantiser step of the imitated codec in levels, 0 for none
 */
public record Degradation(
    double noise,
    double chromaNoise,
    double drift,
    double flicker,
    double shake,
    double shakeRate,
    double blur,
    double exposure,
    double quantiser) {
  static final Degradation NONE = new Degradation(0, 0, 0, 0, 0, 0, 0, 0, 0);

  double gain(double u) {
    return 1 + drift * (u - 0.5) + flicker * Math.sin(2 * Math.PI * 1.7 * shakeRate * u + 0.5);
  }

  /** Horizontal offset as a fraction of the frame's height, within {@code shake}. */
  double shakeX(double u) {
    return shake * swing(shakeRate * u);
  }

  double shakeY(double u) {
    return shake * swing(shakeRate * 1.3 * u + 0.37);
  }

  private static double swing(double t) {
    return 0.6 * Math.sin(2 * Math.PI * t) + 0.4 * Math.sin(2 * Math.PI * (2.3 * t + 0.21));
  }
}
