package dev.flamingostreams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {
  private static final String BASE = "dev.flamingostreams.";

  /** Who may import whom, besides itself; tensorrt is there in a build with -Pgpu only. */
  private static final Map<String, List<String>> IMPORTS =
      Map.ofEntries(
          Map.entry("schema", List.of()),
          Map.entry("checkpoints", List.of()),
          Map.entry("tensor", List.of()),
          Map.entry("hub", List.of()),
          Map.entry("onnx", List.of("tensor", "checkpoints")),
          Map.entry("flamingo", List.of("tensor", "checkpoints")),
          Map.entry("engine", List.of("tensor", "flamingo", "onnx", "checkpoints")),
          Map.entry("tensorrt", List.of("engine")),
          Map.entry("conversion", List.of("tensor", "flamingo", "onnx", "checkpoints")),
          Map.entry("frames", List.of("schema")),
          Map.entry("clips", List.of("schema")),
          Map.entry("captions", List.of("schema", "engine")),
          Map.entry("alerts", List.of("schema")),
          Map.entry("plugin", List.of("schema", "engine", "frames", "clips", "captions", "alerts")),
          Map.entry("audit", List.of("schema", "clips", "alerts", "plugin")),
          Map.entry("dashboard", List.of("schema")),
          Map.entry("agent", List.of()),
          Map.entry("training", List.of("tensor", "flamingo", "checkpoints", "engine")),
          Map.entry(
              "bench",
              List.of(
                  "tensor",
                  "flamingo",
                  "checkpoints",
                  "onnx",
                  "engine",
                  "training",
                  "schema",
                  "frames",
                  "plugin")));

  /** Third parties, and the packages that are their doors. */
  private static final Map<String, List<String>> DOORS =
      Map.ofEntries(
          Map.entry("io.micrometer..", List.of("dashboard")),
          Map.entry("com.sun.net.httpserver..", List.of("dashboard")),
          Map.entry("org.bytedeco..", List.of("frames", "engine", "tensorrt")),
          Map.entry("ai.djl..", List.of("engine", "training", "checkpoints")),
          Map.entry("com.sun.jna..", List.of("engine", "tensorrt")),
          Map.entry("org.apache.lucene..", List.of("alerts")),
          Map.entry("org.apache.commons.compress..", List.of("checkpoints")),
          Map.entry("com.google.protobuf..", List.of("onnx")),
          Map.entry("picocli..", List.of("cli")),
          Map.entry("net.bytebuddy..", List.of("agent")),
          Map.entry("kafka..", List.of("cli")));

  private static final JavaClasses PROJECT =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.flamingostreams");

  @TestFactory
  Stream<DynamicTest> aPackageImportsOnlyWhatTheDesignLetsIt() {
    return IMPORTS.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey())));
  }

  @TestFactory
  Stream<DynamicTest> aThirdPartyEntersByItsDoor() {
    return DOORS.entrySet().stream()
        .map(
            door ->
                DynamicTest.dynamicTest(
                    door.getKey(),
                    () ->
                        noClasses()
                            .that()
                            .resideOutsideOfPackages(packages(door.getValue()))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(door.getKey())
                            .check(PROJECT)));
  }

  @Test
  void everyPackageIsInTheTable() {
    List<String> known = new ArrayList<>(IMPORTS.keySet());
    known.add("cli");
    classes().should().resideInAnyPackage(packages(known)).check(PROJECT);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching(BASE + "(*)..").should().beFreeOfCycles().check(PROJECT);
  }

  private static void check(String name) {
    List<String> forbidden = new ArrayList<>(IMPORTS.keySet());
    forbidden.add("cli");
    forbidden.remove(name);
    forbidden.removeAll(IMPORTS.getOrDefault(name, List.of()));
    noClasses()
        .that()
        .resideInAPackage(BASE + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages(forbidden))
        .allowEmptyShould(true)
        .check(PROJECT);
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> BASE + name + "..").toArray(String[]::new);
  }
}
