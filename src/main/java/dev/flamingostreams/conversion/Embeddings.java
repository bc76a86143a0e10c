package dev.flamingostreams.conversion;

import dev.flamingostreams.checkpoints.ModelException;

/**
 * Token embeddings and head of a language model to which tokens were added. A Flamingo checkpoint
 * holds embeddings of all tokens; where it does not, those of the language model are cut to the
 * tokenizer's size, as the references do.
 */
record Embeddings(LanguageLayout layout, Sources sources, AddedTokens tokenizer) {

  /** Rows of the embeddings; there is one for every token. */
  int vocabulary() {
    int rows = rows(layout.embeddings());
    if (rows < tokenizer.size()) {
      throw tooFew("embeddings", layout.embeddings());
    }
    return sources.replaced(layout.embeddings()) ? rows : tokenizer.size();
  }

  private int rows(String tensor) {
    return sources.size(tensor, 0, 2);
  }

  private ModelException tooFew(String what, String tensor) {
    return new ModelException(
        "%s holds %s of %d tokens, the tokenizer of %s has %d with those that Flamingo adds"
            .formatted(sources.origin(tensor), what, rows(tensor), tokenizer, tokenizer.size()));
  }

  void weights(boolean tied, int vocabulary, Part part) {
    String embeddings = layout.embeddings();
    String head = layout.head();
    part.make("embeddings", embeddings, Transform.firstOf(rows(embeddings)));
    if (tied) {
      sources.same(head, embeddings);
      return;
    }
    // without a row for the end token no text would end: transformers would draw one by chance
    if (rows(head) < vocabulary) {
      throw tooFew("output embeddings", head);
    }
    part.make("head", head, Transform.firstOf(rows(head)));
  }
}
