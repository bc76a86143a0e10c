/**
 * Model files: reads and writes safetensors, reads {@code tokenizer.json}, knows what files make a
 * model directory. Knows no model. Every size in a file is checked before memory is set aside.
 */
@NullMarked
package dev.flamingostreams.checkpoints;

import org.jspecify.annotations.NullMarked;
