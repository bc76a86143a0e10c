/**
 * Fetches released checkpoints from a Hugging Face hub: reads its listings and files over HTTP,
 * writes them into a directory, each checked by its hash. Knows nothing of what is in them. What a
 * hub sends is not trusted: names, sizes and lengths are bounded before they are used.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.hub;

import org.jspecify.annotations.NullMarked;
