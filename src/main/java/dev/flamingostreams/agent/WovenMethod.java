package dev.flamingostreams.agent;

import java.lang.reflect.Field;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A static method that {@code KafkaStreams} gets, of two objects. It may name the JDK only: the
 * host's loader need not see the agent, the system's does.
 */
final class WovenMethod {
  private static final String NAME = "flamingo$graft";
  private static final String DESCRIPTOR = "(Ljava/lang/Object;Ljava/lang/Object;)V";

  private WovenMethod() {}

  /** Calls it with the first two arguments of a constructor, or without. */
  static void call(MethodVisitor constructor, String owner, boolean two) {
    if (two) {
      constructor.visitVarInsn(Opcodes.ALOAD, 1);
      constructor.visitVarInsn(Opcodes.ALOAD, 2);
    } else {
      constructor.visitInsn(Opcodes.ACONST_NULL);
      constructor.visitInsn(Opcodes.ACONST_NULL);
    }
    constructor.visitMethodInsn(Opcodes.INVOKESTATIC, owner, NAME, DESCRIPTOR, false);
  }

  static void define(ClassVisitor type, Consumer<MethodVisitor> code) {
    int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
    MethodVisitor method = type.visitMethod(access, NAME, DESCRIPTOR, null, null);
    method.visitCode();
    code.accept(method);
    method.visitMaxs(0, 0); // computed
    method.visitEnd();
  }

  /**
   * {@code ((BiConsumer) ClassLoader.getSystemClassLoader().loadClass(GRAFTS).getField("ONTO")
   * .get(null)).accept(topology, config)}.
   *
   * @param strict whether what it throws reaches the host
   */
  static void graft(MethodVisitor method, boolean strict) {
    Label start = new Label();
    Label end = new Label();
    Label caught = new Label();
    if (!strict) {
      method.visitTryCatchBlock(start, end, caught, "java/lang/Throwable");
    }
    method.visitLabel(start);
    invoke(
        method,
        Opcodes.INVOKESTATIC,
        ClassLoader.class,
        "getSystemClassLoader",
        "()",
        ClassLoader.class);
    method.visitLdcInsn(Grafts.class.getName());
    invoke(
        method,
        Opcodes.INVOKEVIRTUAL,
        ClassLoader.class,
        "loadClass",
        "(Ljava/lang/String;)",
        Class.class);
    method.visitLdcInsn("ONTO");
    invoke(
        method,
        Opcodes.INVOKEVIRTUAL,
        Class.class,
        "getField",
        "(Ljava/lang/String;)",
        Field.class);
    method.visitInsn(Opcodes.ACONST_NULL);
    invoke(method, Opcodes.INVOKEVIRTUAL, Field.class, "get", "(Ljava/lang/Object;)", Object.class);
    method.visitTypeInsn(Opcodes.CHECKCAST, Type.getInternalName(BiConsumer.class));
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitMethodInsn(
        Opcodes.INVOKEINTERFACE,
        Type.getInternalName(BiConsumer.class),
        "accept",
        DESCRIPTOR,
        true);
    method.visitLabel(end);
    method.visitInsn(Opcodes.RETURN);
    if (!strict) {
      method.visitLabel(caught);
      method.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Throwable"});
      method.visitInsn(Opcodes.POP);
      method.visitInsn(Opcodes.RETURN);
    }
  }

  private static void invoke(
      MethodVisitor method, int how, Class<?> of, String name, String takes, Class<?> gives) {
    method.visitMethodInsn(
        how, Type.getInternalName(of), name, takes + Type.getDescriptor(gives), false);
  }

  /** {@code throw new IllegalStateException(line)}. */
  static void refuse(MethodVisitor method, String line) {
    String exception = "java/lang/IllegalStateException";
    method.visitTypeInsn(Opcodes.NEW, exception);
    method.visitInsn(Opcodes.DUP);
    method.visitLdcInsn(line);
    method.visitMethodInsn(
        Opcodes.INVOKESPECIAL, exception, "<init>", "(Ljava/lang/String;)V", false);
    method.visitInsn(Opcodes.ATHROW);
  }
}
