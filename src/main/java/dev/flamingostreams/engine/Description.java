package dev.flamingostreams.engine;

/**
 * The text a model gave a clip.
 *
 * @param text without special tokens
 * @param meanLogProbability of the generated tokens, the end token included; 0 is certain
 * @param unsure whether {@code meanLogProbability} is below the model's calibrated threshold
 * @param queueMicros waited before the engine took the clip
 * @param visionMicros spent on this clip's frames, those found in the cache counting nothing
 * @param decodeMicros spent in the resampler and the language model
 */
public record Description(
    String text,
    double meanLogProbability,
    boolean unsure,
    long queueMicros,
    long visionMicros,
    long decodeMicros) {}
