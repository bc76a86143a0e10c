/**
 * The public API. A {@link TopologyFile} says what to watch and how, {@link VideoTopology} builds
 * the stream from it, {@link Runner} runs it on a cluster. Reads topic frames, writes topics
 * captions, alerts and dead-letters.
 */
@NullMarked
package dev.flamingostreams.plugin;

import org.jspecify.annotations.NullMarked;
