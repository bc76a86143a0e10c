/**
 * Measures what the agent costs the application that it is in. The applications are small ones of
 * our own, in JVMs of their own, with and without {@code -javaagent} in turn.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.bench.hosts;

import org.jspecify.annotations.NullMarked;
