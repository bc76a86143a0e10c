package dev.flamingostreams.dashboard;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A topology to be seen: its name and its topics.
 *
 * @param takes which streams of the topic of frames are its own
 * @param alerts null if it raises none
 */
public record Watched(
    String name,
    String frames,
    Predicate<String> takes,
    String captions,
    @Nullable String alerts,
    String deadLetters) {}
