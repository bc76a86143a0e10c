package dev.flamingostreams.flamingo;

/**
 * Tokens that stand for something.
 *
 * @param image begins a media; text after it looks at that media
 * @param spacedImage the same after a space, where the tokenizer has another token for it; {@link
 *     #NONE} elsewhere
 * @param end ends a chunk of text, and so a description
 * @param pad fills up
 * @param begin begins every prompt, {@link #NONE} where the model was trained without
 * @param imageText how a prompt writes a media
 * @param endText how a prompt writes the end of a chunk
 */
public record SpecialTokens(
    int image, int spacedImage, int end, int pad, int begin, String imageText, String endText) {
  public static final int NONE = -1;

  public boolean isImage(int token) {
    return token == image || (token == spacedImage && token != NONE);
  }

  void validate(int vocabulary) {
    Check.range("tokens.image", image, 0, vocabulary - 1);
    Check.range("tokens.spacedImage", spacedImage, NONE, vocabulary - 1);
    Check.range("tokens.end", end, 0, vocabulary - 1);
    Check.range("tokens.pad", pad, 0, vocabulary - 1);
    Check.range("tokens.begin", begin, NONE, vocabulary - 1);
    Check.that(!imageText.isEmpty(), "tokens.imageText", "empty", "what a prompt writes");
    Check.that(!endText.isEmpty(), "tokens.endText", "empty", "what a prompt writes");
  }
}
