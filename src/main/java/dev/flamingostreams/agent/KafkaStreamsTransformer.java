package dev.flamingostreams.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Lets every class pass but one. Byte Buddy is not loaded before that one appears. */
final class KafkaStreamsTransformer implements ClassFileTransformer {
  private static final String NAME = "org/apache/kafka/streams/KafkaStreams";

  private final boolean strict;

  KafkaStreamsTransformer(boolean strict) {
    this.strict = strict;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    return NAME.equals(name) && loader != null ? woven(loader, bytes) : null;
  }

  private byte @Nullable [] woven(ClassLoader loader, byte[] bytes) {
    try {
      KafkaVersion version = KafkaVersion.seenBy(loader);
      if (!version.isSupported()) {
        Output.line(version.refusal());
        return null;
      }
      return Weaver.weave(loader, NAME.replace('/', '.'), bytes, strict);
    } catch (Throwable e) { // whatever it is, the host starts without us
      Output.line("Kafka Streams stays as it is, nothing is described: " + e);
      return null;
    }
  }
}
