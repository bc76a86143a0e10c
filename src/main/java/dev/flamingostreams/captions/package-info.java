/**
 * Clips to captions: reads {@link dev.flamingostreams.schema.Clip}, has them described by {@code
 * engine}, writes {@link dev.flamingostreams.schema.Caption}. A clip is pending in a state store
 * until its caption is in the same transaction as its removal; no record waits for the model.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.captions;

import org.jspecify.annotations.NullMarked;
