package dev.flamingostreams.flamingo;

import dev.flamingostreams.tensor.Backend;
import dev.flamingostreams.tensor.Tensor;
import dev.flamingostreams.tensor.Weights;
import java.util.List;

/** What is particular to a family of language models. */
interface Decoder {

  /**
   * The decoder of that config.
   *
   * @param length tokens that a text will have at most
   */
  static Decoder of(LanguageConfig config, int length, Weights weights, Backend backend) {
    if (config instanceof LanguageConfig.GptNeoX neox) {
      return new GptNeoX(neox, length, weights, backend);
    }
    if (config instanceof LanguageConfig.Opt opt) {
      return new Opt(opt, weights, backend);
    }
    if (config instanceof LanguageConfig.Llama llama) {
      return new Llama(llama, length, weights, backend);
    }
    return new Mpt((LanguageConfig.Mpt) config, weights);
  }

  /** Slopes of ALiBi for each head; none in a model without. */
  default float[] slopes() {
    return new float[0];
  }

  /** Token embeddings {@code [R, L, E]} to what the first block takes, {@code [R, L, D]}. */
  default Tensor begin(Tensor embeddings, Place place) {
    return embeddings;
  }

  List<? extends Block> blocks();

  /** What the last block gives to what is compared with the embeddings, {@code [R, L, E]}. */
  Tensor end(Tensor x);

  /** {@code [R, L, D] -> [R, L, D]}. */
  interface Block {
    Tensor forward(Tensor x, Place place, Memory memory);
  }

  /** Turns a block's keys and values of the tokens at hand into all that they may attend to. */
  interface Memory {
    Attention.KeyValue attended(Attention.KeyValue ofTheseTokens);
  }
}
