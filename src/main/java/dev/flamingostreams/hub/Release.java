package dev.flamingostreams.hub;

import java.util.List;
import java.util.Optional;

/**
 * A checkpoint that was released, and the repositories it is made of: the vision encoder and the
 * language model that it was trained on stay as they are, so its own repository lacks them.
 *
 * @param vision Hugging Face's CLIP
 * @param language with its tokenizer
 * @param flamingo resampler, cross-attention and the embeddings of added tokens
 */
public record Release(String name, String vision, String language, String flamingo) {
  private static final String CLIP = "openai/clip-vit-large-patch14";

  /** Sources: the tables of OpenFlamingo's README and of flamingo-mini's wiki. */
  private static final List<Release> KNOWN =
      List.of(
          new Release(
              "openflamingo-3b",
              CLIP,
              "anas-awadalla/mpt-1b-redpajama-200b",
              "openflamingo/OpenFlamingo-3B-vitl-mpt1b"),
          new Release(
              "openflamingo-4b",
              CLIP,
              "togethercomputer/RedPajama-INCITE-Base-3B-v1",
              "openflamingo/OpenFlamingo-4B-vitl-rpj3b"),
          new Release(
              "openflamingo-9b",
              CLIP,
              "anas-awadalla/mpt-7b",
              "openflamingo/OpenFlamingo-9B-vitl-mpt7b"),
          new Release("flamingo-mini", CLIP, "facebook/opt-350m", "dhansmair/flamingo-mini"),
          new Release("flamingo-tiny", CLIP, "facebook/opt-125m", "dhansmair/flamingo-tiny"));

  public static List<String> names() {
    return KNOWN.stream().map(Release::name).toList();
  }

  public static Optional<Release> named(String name) {
    return KNOWN.stream().filter(release -> release.name.equals(name)).findFirst();
  }
}
