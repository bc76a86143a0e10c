package dev.flamingostreams.flamingo;

/**
 * The shape of a Perceiver Resampler.
 *
 * @param headWidth width of one head; heads together need not have the width of the features
 * @param feedForward width inside its feed-forwards
 * @param timeEmbeddings learnt temporal embeddings, interpolated to the frames of a clip; 0: none,
 *     and the order of frames is not seen
 * @param mediaEmbeddings learnt embeddings of a clip's place among those of a prompt; 0: none
 */
public record ResamplerConfig(
    int latents,
    int layers,
    int heads,
    int headWidth,
    int feedForward,
    Activation activation,
    int timeEmbeddings,
    int mediaEmbeddings) {

  void validate() {
    Check.range("resampler.latents", latents, 1, 4096);
    Check.range("resampler.layers", layers, 1, 1000);
    Check.range("resampler.heads", heads, 1, 1024);
    Check.range("resampler.headWidth", headWidth, 1, 4096);
    Check.range("resampler.feedForward", feedForward, 1, Check.MOST);
    Check.range("resampler.timeEmbeddings", timeEmbeddings, 0, 1000);
    Check.range("resampler.mediaEmbeddings", mediaEmbeddings, 0, 1000);
  }
}
