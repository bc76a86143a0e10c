package dev.flamingostreams.training.scenes;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which pixels of a frame show what is before the backdrop. */
record Mask(BitSet pixels, int width, int height) {
  private static final int GROUND = 0x3cff96;
  private static final Background PLAIN =
      new Background(Background.Pattern.PLAIN, GROUND, GROUND, 0, 1, 0);

  /** All objects and the bar, before a plain ground, filmed as the scene's degradation says. */
  static Mask of(Scene scene, double u, int width, int height) {
    Scene plain =
        new Scene(
            scene.actors(),
            scene.strays(),
            scene.bar(),
            scene.aspect(),
            PLAIN,
            scene.degradation(),
            scene.seed());
    BufferedImage image = new SceneRenderer(plain, width, height).image(u);
    BitSet pixels = new BitSet();
    for (int i = 0; i < width * height; i++) {
      pixels.set(i, (image.getRGB(i % width, i / width) & 0xffffff) != GROUND);
    }
    return new Mask(pixels, width, height);
  }

  /** One object, less what a bar hides of it, by a perfect camera. */
  static Mask of(Actor actor, @Nullable Bar bar, double aspect, double u, int width, int height) {
    Bar unseen = bar == null ? null : new Bar(bar.upright(), bar.from(), bar.to(), GROUND);
    return of(
        new Scene(List.of(actor), List.of(), unseen, aspect, PLAIN, Degradation.NONE, 0),
        u,
        width,
        height);
  }

  int area() {
    return pixels.cardinality();
  }

  /** Common area, as a share of the smaller one. */
  double overlap(Mask other) {
    BitSet common = (BitSet) pixels.clone();
    common.and(other.pixels);
    return common.cardinality() / (double) Math.max(1, Math.min(area(), other.area()));
  }

  /** Around all pixels; empty if there are none. */
  Rectangle box() {
    Rectangle box = new Rectangle(0, 0, -1, -1);
    pixels.stream().forEach(i -> box.add(new Rectangle(i % width, i / width, 1, 1)));
    return box;
  }

  boolean touchesTheFrame() {
    Rectangle inside = new Rectangle(1, 1, width - 2, height - 2);
    return area() > 0 && !inside.contains(box());
  }
}
