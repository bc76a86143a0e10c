package dev.flamingostreams.training.scenes;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.util.Arrays;

/**
 * Renders the frames of one scene at one size. A frame of another aspect ratio than the scene's is
 * the stretched frame of the scene, so rendering small equals rendering large and averaging over
 * areas. Not thread-safe.
 */
public final class SceneRenderer {
  private static final double REFERENCE_PIXELS = 96 * 96;
  private static final double MOST_NOISE = 30;
  private static final int INSTANTS = 3;

  private final Scene scene;
  private final int width;
  private final int height;
  private final int marginX;
  private final int marginY;
  private final int[] background;
  private final BufferedImage canvas;
  private final int[] canvasPixels;
  private final float[] work;

  /**
   * @param width of the frames in pixels
   * @param height of the frames in pixels
   */
  public SceneRenderer(Scene scene, int width, int height) {
    this.scene = scene;
    this.width = width;
    this.height = height;
    double shake = scene.degradation().shake();
    marginX = (int) Math.ceil(shake * width / scene.aspect());
    marginY = (int) Math.ceil(shake * height);
    background = scene.backdrop().paint(width, height, scene.aspect(), marginX, marginY);
    canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    canvasPixels = ((DataBufferInt) canvas.getRaster().getDataBuffer()).getData();
    work = new float[3 * width * height];
  }

  /**
   * The frame at time {@code u} in 0..1 as a camera would take it, for a real codec to compress. A
   * new image of {@link BufferedImage#TYPE_3BYTE_BGR}.
   */
  public BufferedImage image(double u) {
    film(u, work, 0);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    int plane = width * height;
    for (int i = 0; i < plane; i++) {
      bytes[3 * i] = level(work[2 * plane + i]);
      bytes[3 * i + 1] = level(work[plane + i]);
      bytes[3 * i + 2] = level(work[i]);
    }
    return image;
  }

  /**
   * The frame at time {@code u} in 0..1 with an imitation of a codec's artefacts, for training.
   *
   * @param target receives 3 x height x width values in 0..1, red plane first
   * @param offset of the first value
   */
  public void planes(double u, float[] target, int offset) {
    film(u, target, offset);
    double quantiser = scene.degradation().quantiser();
    if (quantiser > 0) {
      BlockCodec.compress(target, offset, width, height, quantiser);
    }
    for (int i = offset; i < offset + 3 * width * height; i++) {
      target[i] *= 1 / 255f;
    }
  }

  /** Levels in 0..255. */
  private void film(double u, float[] target, int offset) {
    Degradation degradation = scene.degradation();
    Arrays.fill(target, offset, offset + 3 * width * height, 0);
    double exposure = degradation.exposure();
    int instants = exposure == 0 ? 1 : INSTANTS;
    float gain = (float) degradation.gain(u) / instants;
    for (int i = 0; i < instants; i++) {
      draw(u, u + exposure * ((i + 0.5) / instants - 0.5), degradation);
      add(gain, target, offset);
    }
    blur(target, offset, degradation.blur());
    noise(u, target, offset, degradation);
    for (int i = offset; i < offset + 3 * width * height; i++) {
      target[i] = Math.max(0, Math.min(255, target[i]));
    }
  }

  private void add(float gain, float[] target, int offset) {
    int plane = width * height;
    for (int i = 0; i < plane; i++) {
      int rgb = canvasPixels[i];
      target[offset + i] += gain * (rgb >> 16 & 255);
      target[offset + plane + i] += gain * (rgb >> 8 & 255);
      target[offset + 2 * plane + i] += gain * (rgb & 255);
    }
  }

  /**
   * Everything into the canvas.
   *
   * @param u at which objects are seen or not
   * @param v at which they have their places, a little before or after
   */
  private void draw(double u, double v, Degradation degradation) {
    double shakeX = degradation.shakeX(u) * width / scene.aspect();
    double shakeY = degradation.shakeY(u) * height;
    int fromX = marginX - (int) Math.rint(shakeX);
    int fromY = marginY - (int) Math.rint(shakeY);
    for (int row = 0; row < height; row++) {
      int from = (row + fromY) * (width + 2 * marginX) + fromX;
      System.arraycopy(background, from, canvasPixels, row * width, width);
    }
    Graphics2D graphics = canvas.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    for (Stray stray : scene.strays()) {
      draw(graphics, stray.figure(), stray.course(), u, v, shakeX, shakeY);
    }
    for (Actor actor : scene.actors()) {
      draw(graphics, actor.figure(), actor.course(), u, v, shakeX, shakeY);
    }
    if (scene.bar() != null) {
      scene.bar().draw(graphics, width, height, shakeX, shakeY);
    }
    graphics.dispose();
  }

  private void draw(
      Graphics2D graphics,
      Figure figure,
      Course course,
      double u,
      double v,
      double shakeX,
      double shakeY) {
    if (!course.at(u).visible()) {
      return;
    }
    State state = course.at(v);
    AffineTransform before = graphics.getTransform();
    graphics.translate(state.x() * width + shakeX, state.y() * height + shakeY);
    graphics.scale(state.size() * width / scene.aspect(), state.size() * height);
    for (Figure.Part part : figure.parts()) {
      graphics.setColor(new Color(part.rgb()));
      graphics.fill(part.shape());
    }
    graphics.setTransform(before);
  }

  private void blur(float[] target, int offset, double blur) {
    if (blur == 0) {
      return;
    }
    int plane = width * height;
    for (int channel = 0; channel < 3; channel++) {
      Blur.rows(target, offset + channel * plane, width, height, blur * width / scene.aspect());
      Blur.columns(target, offset + channel * plane, width, height, blur * height);
    }
  }

  private void noise(double u, float[] target, int offset, Degradation degradation) {
    double finer = Math.sqrt(width * (double) height / REFERENCE_PIXELS);
    float brightness = noise(degradation.noise(), finer);
    float colour = noise(degradation.chromaNoise(), finer);
    if (brightness > 0 || colour > 0) {
      long seed = scene.seed() + Double.doubleToLongBits(u);
      Noise.add(target, offset, width, height, brightness, colour, seed);
    }
  }

  private static float noise(double deviation, double finer) {
    return (float) Math.max(deviation, Math.min(MOST_NOISE, deviation * finer));
  }

  private static byte level(float value) {
    return (byte) (value + 0.5f);
  }
}
