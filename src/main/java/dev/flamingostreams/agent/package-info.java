/**
 * The Java agent: a jar of its own that grafts video description onto a Kafka Streams application
 * which knows nothing of it. It imports no other package of ours; {@code plugin} is reached by
 * name, in a class loader of its own, when a host makes its first {@code KafkaStreams}.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.agent;

import org.jspecify.annotations.NullMarked;
