package dev.flamingostreams.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDefinition;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whether every class, method and field of Kafka and slf4j that the code inside a host names is
 * there in the versions that hosts have. The newest is what it is compiled with.
 */
class KafkaLinkageIT {
  private static final Path CLASSES = Path.of("target/classes/dev/flamingostreams");
  private static final List<String> INSIDE_HOSTS =
      List.of("schema", "frames", "clips", "captions", "alerts", "plugin");

  /** Runs topologies in programs of our own only. */
  private static final Set<String> OURS_ALONE = Set.of("Runner", "Runner$Running");

  @TestFactory
  Stream<DynamicTest> everythingIsThere() throws IOException {
    return list(Path.of(System.getProperty("kafka.versions"))).stream()
        .map(
            version -> DynamicTest.dynamicTest("in " + version.getFileName(), () -> link(version)));
  }

  @Test
  void whatIsNotThereIsFound() throws IOException {
    Path oldest = list(Path.of(System.getProperty("kafka.versions"))).get(0);
    Links links = links(oldest, List.of(CLASSES.resolve("plugin/Runner.class")));
    assertThat(links.missing).isNotEmpty().allMatch(missing -> missing.contains("CloseOptions"));
  }

  private static void link(Path version) throws IOException {
    Links links = links(version, classes());
    assertThat(links.seen).isGreaterThan(100);
    assertThat(links.missing).isEmpty();
  }

  private static Links links(Path version, List<Path> classes) throws IOException {
    List<URL> jars = new ArrayList<>();
    for (Path jar : list(version)) {
      jars.add(jar.toUri().toURL());
    }
    try (URLClassLoader kafka =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Links links = new Links(TypePool.Default.of(ClassFileLocator.ForClassLoader.of(kafka)));
      for (Path file : classes) {
        new ClassReader(Files.readAllBytes(file)).accept(links, ClassReader.SKIP_FRAMES);
      }
      return links;
    }
  }

  private static List<Path> classes() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String name : INSIDE_HOSTS) {
      files.addAll(list(CLASSES.resolve(name)));
    }
    files.removeIf(
        file -> OURS_ALONE.contains(file.getFileName().toString().replace(".class", "")));
    return files;
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }

  private static final class Links extends ClassVisitor {
    private final TypePool pool;
    private final Set<String> missing = new LinkedHashSet<>();
    private String in = "";
    private int seen;

    Links(TypePool pool) {
      super(Opcodes.ASM9);
      this.pool = pool;
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String parent, String[] faces) {
      in = name;
      type(parent);
      Stream.of(faces).forEach(this::type);
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      descriptor(descriptor);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      descriptor(descriptor);
      return new Body();
    }

    private final class Body extends MethodVisitor {
      Body() {
        super(Opcodes.ASM9);
      }

      @Override
      public void visitTypeInsn(int opcode, String type) {
        type(type);
      }

      @Override
      public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        type(type);
      }

      @Override
      public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        if (isHosts(owner)) {
          seen++;
          TypePool.Resolution found = pool.describe(owner.replace('/', '.'));
          if (!found.isResolved()
              || found.resolve().getDeclaredFields().stream()
                  .noneMatch(field -> field.getName().equals(name))) {
            missing.add(in + ": " + owner + "." + name);
          }
        }
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean ofInterface) {
        descriptor(descriptor);
        if (isHosts(owner)) {
          seen++;
          TypePool.Resolution found = pool.describe(owner.replace('/', '.'));
          if (!found.isResolved() || !has(found.resolve(), name, descriptor)) {
            missing.add(in + ": " + owner + "." + name + descriptor);
          }
        }
      }

      @Override
      public void visitInvokeDynamicInsn(
          String name, String descriptor, Handle maker, Object... arguments) {
        descriptor(descriptor);
        for (Object argument : arguments) {
          if (argument instanceof Handle to && to.getDesc().startsWith("(")) {
            visitMethodInsn(0, to.getOwner(), to.getName(), to.getDesc(), to.isInterface());
          }
        }
      }
    }

    private static boolean has(TypeDescription type, String name, String descriptor) {
      for (TypeDefinition at = type; at != null; at = at.getSuperClass()) {
        if (declares(at.asErasure(), name, descriptor)
            || at.getInterfaces().stream()
                .anyMatch(face -> has(face.asErasure(), name, descriptor))) {
          return true;
        }
      }
      return false;
    }

    private static boolean declares(TypeDescription type, String name, String descriptor) {
      for (MethodDescription method : type.getDeclaredMethods()) {
        if (method.getInternalName().equals(name) && method.getDescriptor().equals(descriptor)) {
          return true;
        }
      }
      return false;
    }

    private void descriptor(String descriptor) {
      for (String part : descriptor.split("[;()]", -1)) {
        type(part.replaceFirst("^[BCDFIJSZV\\[]*L", ""));
      }
    }

    private void type(@Nullable String name) {
      if (name != null && isHosts(name)) {
        seen++;
        if (!pool.describe(name.replace('/', '.')).isResolved()) {
          missing.add(in + ": " + name);
        }
      }
    }

    private static boolean isHosts(String name) {
      return name.startsWith("org/apache/kafka/") || name.startsWith("org/slf4j/");
    }
  }
}
