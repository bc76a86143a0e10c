package dev.flamingostreams.agent;

import java.util.function.Consumer;
import java.util.function.Predicate;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Changes classes as they are loaded, by Byte Buddy's ASM: all of Byte Buddy takes as long to load
 * as a small host to start.
 */
final class Weaver {
  private static final String TOPOLOGY = "org.apache.kafka.streams.Topology";
  private static final String CONFIG = "org.apache.kafka.streams.StreamsConfig";

  private Weaver() {}

  /** {@code KafkaStreams} with constructors that graft first. */
  static byte[] weave(byte[] bytes, boolean strict) {
    return woven(bytes, Weaver::isLastWithATopology, method -> WovenMethod.graft(method, strict));
  }

  /** The class with constructors that throw this. */
  static byte[] refuse(byte[] bytes, String line) {
    return woven(bytes, descriptor -> true, method -> WovenMethod.refuse(method, line));
  }

  /** A {@code Runnable} that does nothing. */
  static byte[] idle(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(0);
    reader.accept(new Idle(writer), 0);
    return writer.toByteArray();
  }

  /**
   * In every version from 3.9 to 4.3 the constructors that take a topology end in one of those that
   * take it with a StreamsConfig and more, which do not call each other.
   */
  private static boolean isLastWithATopology(String descriptor) {
    Type[] arguments = Type.getArgumentTypes(descriptor);
    return (arguments.length == 3 || arguments.length == 4)
        && arguments[0].getClassName().equals(TOPOLOGY)
        && arguments[1].getClassName().equals(CONFIG);
  }

  private static byte[] woven(
      byte[] bytes, Predicate<String> constructors, Consumer<MethodVisitor> code) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    Constructors found = new Constructors(writer, reader.getClassName(), constructors, code);
    reader.accept(found, 0);
    if (!found.any) {
      throw new IllegalStateException("it has none of the constructors that are known");
    }
    return writer.toByteArray();
  }

  /**
   * Has constructors call a method of ours before all else. Its code is not put into them: what
   * catches exceptions there would have to describe an object that is not one yet.
   */
  private static final class Constructors extends ClassVisitor {
    private final String name;
    private final Predicate<String> wanted;
    private final Consumer<MethodVisitor> code;
    private boolean any;

    Constructors(
        ClassVisitor next, String name, Predicate<String> wanted, Consumer<MethodVisitor> code) {
      super(Opcodes.ASM9, next);
      this.name = name;
      this.wanted = wanted;
      this.code = code;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String method,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
      if (!method.equals("<init>") || !wanted.test(descriptor)) {
        return next;
      }
      any = true;
      boolean two = Type.getArgumentTypes(descriptor).length > 1;
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitCode() {
          super.visitCode();
          WovenMethod.call(mv, name, two);
        }
      };
    }

    @Override
    public void visitEnd() {
      WovenMethod.define(cv, code);
      super.visitEnd();
    }
  }

  private static final class Idle extends ClassVisitor {
    Idle(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String method,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
      if (!method.equals("run")) {
        return next;
      }
      next.visitCode();
      next.visitInsn(Opcodes.RETURN);
      next.visitMaxs(0, 1);
      next.visitEnd();
      return null;
    }
  }
}
