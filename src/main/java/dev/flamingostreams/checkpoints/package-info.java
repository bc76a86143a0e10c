/**
 * Model files: reads and writes safetensors, reads what torch.save wrote, in one file or in shards,
 * reads {@code tokenizer.json} and adds tokens to it, knows what files make a model directory.
 * Knows no model. Every size in a file is checked before memory is set aside, and nothing in a file
 * is run.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.checkpoints;

import org.jspecify.annotations.NullMarked;
