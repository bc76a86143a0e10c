package dev.flamingostreams.engine;

/**
 * What a caption is signed with.
 *
 * @param id the model's name, as in its config.json
 * @param weightsHash SHA-256 of the weights file, hexadecimal
 * @param promptId first 12 hexadecimal digits of the SHA-256 of the prompt and what else is asked
 * @param engine such as {@code onnxruntime 1.21.1 cpu}
 */
public record ModelInfo(String id, String weightsHash, String promptId, String engine) {}
