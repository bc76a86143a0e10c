/**
 * The Flamingo visual language model (Alayrac et al. 2022), written once against {@code tensor}:
 * {@link VisionEncoder}, {@link PerceiverResampler}, {@link GatedCrossAttention}, {@link
 * LanguageModel}, and {@link Flamingo}, which joins them. Reads its config and weight names; writes
 * tensors of whichever backend it is given.
 *
 * <p>Shapes use these letters: B clips, T frames, S tokens of a frame, D width, R latents of a
 * clip, M clips in a prompt, L text tokens, H heads, N new tokens, V words. Where text is
 * continued, R counts texts: one for each clip, or several that share its media.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.flamingo;

import org.jspecify.annotations.NullMarked;
