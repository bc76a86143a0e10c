/**
 * Compiles a model directory, opens it through DJL, batches clips and caches frame features. Takes
 * images and times, gives text; knows no Kafka. One engine serves a whole JVM.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.engine;

import org.jspecify.annotations.NullMarked;
