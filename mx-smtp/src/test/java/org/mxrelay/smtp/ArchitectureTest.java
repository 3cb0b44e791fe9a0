package org.mxrelay.smtp;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the arrows and the laws of the house in this module. */
class ArchitectureTest {

  private static final String ROOT = "org.mxrelay.smtp";
  private static final List<String> PACKAGES =
      List.of(
          "",
          "services",
          "message",
          "queue",
          "queue.jdbc",
          "transport",
          "sasl",
          "client",
          "jakarta",
          "dsn",
          "metrics",
          "backup",
          "backup.filter",
          "engine");
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .withImportOption(location -> location.contains("mxrelay/smtp"))
          .importPackages(ROOT);

  @Test
  void mainClasses_areFound() {
    assertTrue(MAIN.contain(MxRelay.class));
    assertTrue(MAIN.size() > 100, "classes: " + MAIN.size());
  }

  @ParameterizedTest
  @CsvSource({
    // a package, and all that it may know of this module; a dot stands for the root
    "services, ''",
    "message, ''",
    "queue, message services",
    "queue.jdbc, queue message services",
    "transport, message services",
    "sasl, ''",
    "client, transport message services sasl",
    "dsn, queue message",
    "metrics, . queue message transport",
    "jakarta, . transport message client queue services",
    "backup, . client dsn metrics queue message transport",
    "backup.filter, backup client message",
    "engine, . message queue transport dsn",
  })
  void arrows_pointDownwards(String from, String known) {
    List<String> allowed =
        Stream.concat(Stream.of(from), Arrays.stream(known.split(" ")))
            .map(name -> name.equals(".") ? "" : name)
            .toList();
    String[] forbidden =
        PACKAGES.stream()
            .filter(name -> !allowed.contains(name) || (name.isEmpty() && !known.startsWith(".")))
            .map(ArchitectureTest::named)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(named(from))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void engine_knowsTheRootsWordsOnly() {
    noClasses()
        .that()
        .resideInAPackage(named("engine"))
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(MxRelay.class, MxRelayBuilder.class, SubmissionFactory.class, Receipt.class)
        .check(MAIN);
  }

  @Test
  void engine_isKnownToTheRootOnly() {
    classes()
        .that()
        .resideInAPackage(named("engine"))
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage(named("engine"), ROOT)
        .check(MAIN);
  }

  @Test
  void coresLibraries_areNotUsedHere() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.xbill..", "io.github.resilience4j..", "com.ibm.icu..")
        .check(MAIN);
  }

  @Test
  void jakartaMail_isNamedInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(named("jakarta"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..")
        .check(MAIN);
  }

  @Test
  void micrometer_isNamedInOneClass() {
    noClasses()
        .that()
        .doNotHaveSimpleName("MicrometerMeters")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..")
        .check(MAIN);
  }

  @Test
  void angus_isInNoPublicSignature() {
    methods()
        .that()
        .arePublic()
        .or()
        .areProtected()
        .should(nameNoTypeOf("org.eclipse.angus.."))
        .check(MAIN);
  }

  @Test
  void timeAndChance_areReplaceable() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.ZonedDateTime.class, "now")
        .orShould()
        .callMethod(java.time.LocalDateTime.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callConstructor(java.util.Random.class)
        .check(MAIN);
  }

  @Test
  void locks_areNeverMonitors() {
    noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(MAIN);
  }

  @Test
  void everyPackage_isNullMarked() {
    List<String> unmarked =
        MAIN.stream()
            .map(c -> c.getPackage())
            .distinct()
            .filter(p -> !annotatedWith("org.jspecify.annotations.NullMarked").test(p))
            .map(p -> p.getName())
            .toList();

    assertEquals(List.of(), unmarked);
  }

  private static String named(String name) {
    return name.isEmpty() ? ROOT : ROOT + "." + name;
  }

  private static ArchCondition<JavaMethod> nameNoTypeOf(String packages) {
    return new ArchCondition<>("name no type of " + packages) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream.<JavaType>concat(
                method.getParameterTypes().stream(), Stream.of(method.getReturnType()))
            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
            .filter(type -> resideInAnyPackage(packages).test(type))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " names " + type.getName())));
      }
    };
  }
}
