/**
 * Checks the topics of a topology against each other: reads frames, captions, alerts and
 * dead-letters, read-committed, and writes nothing. The checks know no Kafka client: they read
 * through {@link dev.flamingostreams.audit.Topics}, cut clips by the code of package clips and
 * raise alerts by that of package alerts.
 *
 * <p>Not API.
 */
@NullMarked
package dev.flamingostreams.audit;

import org.jspecify.annotations.NullMarked;
