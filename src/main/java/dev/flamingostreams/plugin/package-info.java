/**
 * Topologies of video: what an application calls, and what the program is made of. Reads topic
 * frames, writes topics captions, alerts and dead-letters.
 *
 * <p>API are {@link VideoStreams}, {@link TopologyFile} as {@link TopologyFile#read} gives it, but
 * not its components, and {@link TopologyException}. Nothing else here is, public or not.
 */
@NullMarked
package dev.flamingostreams.plugin;

import org.jspecify.annotations.NullMarked;
