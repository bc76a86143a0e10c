/**
 * What travels between the stages and over Kafka: frames, clips, captions, alerts, dead letters,
 * and their serdes. Imports nothing of the project.
 *
 * <p>API are {@link Frame}, {@link FrameBatch}, {@link Caption}, {@link Alert}, {@link DeadLetter}
 * and {@link Topic}. Nothing else here is, public or not.
 */
@NullMarked
package dev.flamingostreams.schema;

import org.jspecify.annotations.NullMarked;
