/**
 * Measures whole streams on a Kafka cluster: frames in, captions out. Every figure is a ratio of
 * two streams measured in one run, or a latency. Topics, groups and state are of names of their own
 * and are deleted at the end.
 *
 * <p>Not API.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.bench.streams;

import org.jspecify.annotations.NullMarked;
