package dev.flamingostreams.agent;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Lets every class pass but one of the host's. Byte Buddy is not loaded before that appears. */
final class KafkaStreamsTransformer implements ClassFileTransformer {
  private static final String NAME = "org/apache/kafka/streams/KafkaStreams";

  /**
   * A shutdown hook that takes ONNX Runtime apart, under the threads that are at work. Ours only.
   */
  private static final String CLOSER = "ai/onnxruntime/OrtEnvironment$OrtEnvCloser";

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
    if (NAME.equals(name) && loader != null) {
      return woven(loader, bytes);
    }
    return CLOSER.equals(name) && loader instanceof EngineLoader ? idle(bytes) : null;
  }

  private static byte @Nullable [] idle(byte[] bytes) {
    try {
      return Weaver.idle(bytes);
    } catch (Throwable e) { // it crashes at the end then, if a clip is being described
      Output.line("ONNX Runtime stays as it is: " + e);
      return null;
    }
  }

  private byte @Nullable [] woven(ClassLoader loader, byte[] bytes) {
    try {
      KafkaVersion version = KafkaVersion.seenBy(loader);
      if (!version.isSupported()) {
        return refused(bytes, version.refusal());
      }
      return Weaver.weave(bytes, strict);
    } catch (Throwable e) { // whatever it is, the host starts without us
      return refused(bytes, "Kafka Streams stays as it is, nothing is described: " + e);
    }
  }

  private byte @Nullable [] refused(byte[] bytes, String line) {
    try {
      if (strict) {
        return Weaver.refuse(bytes, "flamingo: " + line);
      }
    } catch (Throwable e) { // then it must do with being told
    }
    Output.line(line);
    return null;
  }
}
