package dev.flamingostreams.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flamingostreams.checkpoints.Tokenizer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * What the model is to continue: text interleaved with media. Each {@code <image>} of the text
 * stands for a clip or an image; examples come first, the live clip is the last.
 *
 * @param text such as {@code <image>a red car moves left<EOC><image>}
 * @param examples one media fewer than the text has {@code <image>}
 */
public record Prompt(String text, List<ClipInput> examples) {
  public Prompt {
    examples = List.copyOf(examples);
    int images =
        (text.length() - text.replace(Tokenizer.IMAGE, "").length()) / Tokenizer.IMAGE.length();
    if (images != examples.size() + 1) {
      throw new IllegalArgumentException(
          "prompt '%s' has %d %s, must have one for each of the %d examples and one for the live clip"
              .formatted(text, images, Tokenizer.IMAGE, examples.size()));
    }
  }

  /** Nothing but the live clip: what the default model was trained to continue. */
  public static Prompt plain() {
    return new Prompt(Tokenizer.IMAGE, List.of());
  }

  /** First 12 hexadecimal digits of the SHA-256 of the text and the examples. */
  public String id() {
    MessageDigest digest = Digests.sha256();
    digest.update(text.getBytes(UTF_8));
    for (ClipInput example : examples) {
      for (int i = 0; i < example.images().size(); i++) {
        digest.update(ByteBuffer.allocate(8).putLong(example.captureMicros()[i]).flip());
        digest.update(Digests.sha256().digest(example.images().get(i)));
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, Digests.ID_DIGITS);
  }
}
