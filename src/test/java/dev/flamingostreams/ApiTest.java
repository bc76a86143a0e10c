package dev.flamingostreams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flamingostreams.plugin.TopologyException;
import dev.flamingostreams.plugin.TopologyFile;
import dev.flamingostreams.plugin.VideoStreams;
import dev.flamingostreams.schema.Alert;
import dev.flamingostreams.schema.Caption;
import dev.flamingostreams.schema.DeadLetter;
import dev.flamingostreams.schema.Frame;
import dev.flamingostreams.schema.FrameBatch;
import dev.flamingostreams.schema.Topic;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is promised to an application, and that the rest is said not to be. */
class ApiTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/flamingostreams");
  private static final Set<Class<?>> PLUGIN =
      Set.of(VideoStreams.class, TopologyFile.class, TopologyException.class);
  private static final Set<Class<?>> SCHEMA =
      Set.of(
          Frame.class, FrameBatch.class, Caption.class, Alert.class, DeadLetter.class, Topic.class);

  @Test
  void aPackageSaysWhichOfItsTypesAreApi() throws IOException {
    assertThat(linked("plugin")).isEqualTo(names(PLUGIN));
    assertThat(linked("schema")).isEqualTo(names(SCHEMA));
  }

  @Test
  void everyOtherPackageSaysThatItIsNot() throws IOException {
    assertThat(packages())
        .hasSizeGreaterThan(10)
        .filteredOn(file -> !Set.of("plugin", "schema").contains(name(file)))
        .allSatisfy(file -> assertThat(file).content().contains("<p>Not API."));
  }

  @Test
  void whatAnApplicationCallsSpeaksOfApiTypesOnly() {
    assertThat(Stream.of(PLUGIN, SCHEMA).flatMap(Set::stream).flatMap(ApiTest::withNested))
        .allSatisfy(
            type ->
                assertThat(callable(type).flatMap(ApiTest::types))
                    .as(type.getSimpleName())
                    .allMatch(ApiTest::isKnown));
  }

  private static Stream<Class<?>> withNested(Class<?> type) {
    return type == TopologyFile.class
        ? Stream.of(type)
        : Stream.concat(Stream.of(type), Stream.of(type.getClasses()));
  }

  /** The components of a topology file are not API. */
  private static Stream<Executable> callable(Class<?> type) {
    if (type == TopologyFile.class) {
      Set<Method> components =
          Stream.of(type.getRecordComponents())
              .map(RecordComponent::getAccessor)
              .collect(Collectors.toSet());
      return Stream.of(type.getDeclaredMethods())
          .filter(method -> Modifier.isPublic(method.getModifiers()))
          .filter(method -> !components.contains(method))
          .map(Executable.class::cast);
    }
    Stream<Constructor<?>> constructors = Stream.of(type.getConstructors());
    return Stream.concat(constructors, Stream.of(type.getMethods()));
  }

  private static Stream<Class<?>> types(Executable called) {
    Stream<Type> given = Stream.of(called.getGenericParameterTypes());
    Stream<Type> all =
        called instanceof Method method
            ? Stream.concat(given, Stream.of(method.getGenericReturnType()))
            : given;
    return all.flatMap(ApiTest::parts);
  }

  private static Stream<Class<?>> parts(Type type) {
    if (type instanceof ParameterizedType generic) {
      return Stream.concat(
          parts(generic.getRawType()),
          Stream.of(generic.getActualTypeArguments()).flatMap(ApiTest::parts));
    }
    return type instanceof Class<?> one ? Stream.of(one) : Stream.of();
  }

  private static boolean isKnown(Class<?> type) {
    Class<?> outer = type.isArray() ? type.getComponentType() : type;
    while (outer.getDeclaringClass() != null) {
      outer = outer.getDeclaringClass();
    }
    return outer.isPrimitive()
        || List.of("java.", "org.apache.kafka.").stream().anyMatch(outer.getName()::startsWith)
        || PLUGIN.contains(outer)
        || SCHEMA.contains(outer);
  }

  private static Set<String> linked(String name) throws IOException {
    String text = Files.readString(SOURCES.resolve(name).resolve("package-info.java"));
    return Pattern.compile("\\{@link\\s+(?:\\*\\s+)?(\\w+)}")
        .matcher(text)
        .results()
        .map(link -> link.group(1))
        .collect(Collectors.toSet());
  }

  private static Set<String> names(Set<Class<?>> types) {
    return types.stream().map(Class::getSimpleName).collect(Collectors.toSet());
  }

  private static List<Path> packages() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.endsWith("package-info.java")).toList();
    }
  }

  private static String name(Path packageInfo) {
    return packageInfo.getParent().getFileName().toString();
  }
}
