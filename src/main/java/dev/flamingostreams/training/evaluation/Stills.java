package dev.flamingostreams.training.evaluation;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** Videos that show nothing: of noise, and of one colour. */
final class Stills {
  private static final List<Noise> SORTS = List.of(Noise.values());
  private static final String UNCODED = ", not coded";

  /** Noise that no codec has smoothed is large. */
  private static final int UNCODED_SIDE = 96;

  private static final int UNCODED_FRAMES = 30;

  private final Studio studio;
  private final EvaluationPlan plan;

  Stills(Studio studio, EvaluationPlan plan) {
    this.studio = studio;
    this.plan = plan;
  }

  /** The sorts of noise in turn, half of the clips through the codec. */
  Exhibit noise(int number, long seed) throws IOException {
    int sort = number % (2 * SORTS.size());
    Noise noise = SORTS.get(sort / 2);
    boolean coded = sort % 2 == 0;
    RandomGenerator random = new SplittableRandom(seed);
    List<Shot> shots = coded ? coded(noise, number, random) : uncoded(noise, random);
    String label = noise.label() + (coded ? "" : UNCODED);
    return new Exhibit(new Subject(Group.NOISE, label, number, null), shots, seed);
  }

  private List<Shot> coded(Noise noise, int number, RandomGenerator random) throws IOException {
    int height = plan.heights().get(number % plan.heights().size());
    int width = Studio.width(4.0 / 3, height);
    return studio.film(frames(noise, width, height, plan.videoFrames(), random));
  }

  private List<Shot> uncoded(Noise noise, RandomGenerator random) throws IOException {
    List<Shot> shots = new ArrayList<>();
    for (BufferedImage frame : frames(noise, UNCODED_SIDE, UNCODED_SIDE, UNCODED_FRAMES, random)) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(frame, "png", png);
      shots.add(new Shot(png.toByteArray(), (long) (shots.size() * 1e6 / plan.framesPerSecond())));
    }
    return shots;
  }

  private static List<BufferedImage> frames(
      Noise noise, int width, int height, int count, RandomGenerator random) {
    Noise.Strength strength = Noise.Strength.draw(random);
    if (!noise.isMoving()) {
      return Collections.nCopies(count, noise.frame(width, height, strength, random));
    }
    List<BufferedImage> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(noise.frame(width, height, strength, random));
    }
    return frames;
  }

  /** Frames of one colour, any. */
  Exhibit blank(int number, long seed) throws IOException {
    int height = plan.heights().get(number % plan.heights().size());
    BufferedImage image =
        new BufferedImage(Studio.width(4.0 / 3, height), height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(new SplittableRandom(seed).nextInt(1 << 24)));
    graphics.fillRect(0, 0, image.getWidth(), height);
    graphics.dispose();
    List<Shot> shots = studio.film(Collections.nCopies(plan.videoFrames(), image));
    return new Exhibit(new Subject(Group.BLANK, "", number, null), shots, seed);
  }
}
