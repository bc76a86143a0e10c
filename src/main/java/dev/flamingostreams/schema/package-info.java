/**
 * What travels between the stages and over Kafka: frames, clips, captions, alerts, dead letters,
 * and their serdes. Imports nothing of the project.
 */
@NullMarked
package dev.flamingostreams.schema;

import org.jspecify.annotations.NullMarked;
