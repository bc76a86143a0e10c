package dev.flamingostreams.dashboard;

import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Cameras to show, with frames that are drawn and captions that are made up. */
final class Town {
  static final long START = 1_790_000_000_000_000L;
  private static final String[] COLOURS = {"red", "blue", "green", "orange"};
  private static final String[] THINGS = {"car", "person", "truck", "bicycle"};
  private static final String[] DEEDS = {
    "moves left", "turns back", "stays still while a white van drives past the gate", "disappears"
  };

  private final Board board;

  Town(Board board) {
    this.board = board;
  }

  /** One clip of 8 frames of each camera, and what is said of it. */
  void clip(int cameras, int number) {
    for (int camera = 0; camera < cameras; camera++) {
      String stream = "gate-" + (camera + 1);
      Caption caption = caption(stream, number, sentence(camera, number), camera);
      for (long micros : caption.frameMicros()) {
        Frame frame = new Frame(micros, picture(camera, (micros - START) / 1e6));
        board.frames(stream, FrameBatch.of(List.of(frame)), micros / 1_000);
      }
      long lagMillis = 300 + 130L * ((camera * 7 + number * 3) % 11);
      board.caption("town", caption, caption.endMicros() / 1_000 - 125 + lagMillis);
      if ((camera + number) % 9 == 0) {
        String severity = List.of("critical", "warning", "info").get((camera + number) / 9 % 3);
        board.alert("town", alert(caption, "red car at the gate", severity), 0);
      }
    }
  }

  static Caption caption(String stream, int number, String text, int salt) {
    long start = START + number * 4_000_000L;
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      times.add(start + i * 500_000L);
    }
    return new Caption(
        stream,
        stream + "@" + number,
        start,
        start + 4_000_000,
        8,
        times,
        text,
        -0.02 - 0.09 * ((salt + number) % 8),
        (salt + number) % 8 > 5,
        "default",
        "00",
        "captioning",
        "onnxruntime 1 cpu",
        new Caption.Timing(1_000, 20_000, 40_000),
        false);
  }

  static Alert alert(Caption caption, String rule, String severity) {
    return new Alert(
        rule,
        severity,
        caption.stream(),
        caption,
        List.of("red", "car"),
        caption.startMicros(),
        caption.endMicros(),
        2);
  }

  static byte[] picture(int camera, double seconds) {
    BufferedImage image = new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    float hue = camera * 0.137f % 1;
    pen.setPaint(
        new GradientPaint(
            0,
            0,
            Color.getHSBColor(hue, 0.25f, 0.75f),
            0,
            180,
            Color.getHSBColor(hue, 0.4f, 0.3f)));
    pen.fillRect(0, 0, 320, 180);
    pen.setColor(new Color(60, 60, 66));
    pen.fillRect(0, 118, 320, 40);
    int x = (int) (seconds * 35 + camera * 47) % 380 - 40;
    pen.setColor(Color.getHSBColor(hue + 0.5f, 0.8f, 0.85f));
    pen.fillRoundRect(x, 110, 54, 24, 8, 8);
    pen.fillRoundRect(x + 12, 98, 30, 18, 8, 8);
    pen.setColor(Color.BLACK);
    pen.fillOval(x + 8, 128, 12, 12);
    pen.fillOval(x + 34, 128, 12, 12);
    pen.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", jpeg);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jpeg.toByteArray();
  }

  private static String sentence(int camera, int number) {
    int dice = camera * 31 + number * 17;
    return "a %s %s %s"
        .formatted(
            COLOURS[dice % COLOURS.length],
            THINGS[dice / 3 % THINGS.length],
            DEEDS[dice / 7 % DEEDS.length]);
  }
}
