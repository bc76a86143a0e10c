/**
 * What people and monitors see of the stream: a page in the browser, metrics, health. Reads topics
 * frames, captions, alerts and dead-letters; writes nothing.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.dashboard;

import org.jspecify.annotations.NullMarked;
