/**
 * Captions to alerts: reads {@link dev.flamingostreams.schema.Caption}, writes {@link
 * dev.flamingostreams.schema.Alert}. A rule is a stored query over the caption's text, matched by
 * Lucene Monitor; how often it may alert, per stream, is decided in the camera's time and kept in a
 * state store.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.alerts;

import org.jspecify.annotations.NullMarked;
