package org.mxrelay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The house of mx-core: what stands on what, and what stays within. */
class ArchitectureTest {

  private static final String ROOT = "org.mxrelay";
  private static final String RESILIENCE = "io.github.resilience4j";
  private static final String DNSJAVA = "org.xbill.DNS";
  private static final Set<String> OTHERS = Set.of(RESILIENCE, DNSJAVA, "com.ibm.icu");

  /** A package and all that it may stand on. A package that is not listed may not exist. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "address", Set.of(),
          "reply", Set.of(),
          "dns", Set.of("address"),
          "routing", Set.of("dns", "reply", "address"),
          "tls", Set.of("routing", "dns", "address"),
          "retry", Set.of("reply", "routing", "address"),
          "audit", Set.of("tls", "routing", "dns", "address"));

  private static final Pattern EMPTY_WORDS =
      Pattern.compile(".*(Impl|Helper|Utils?|Manager)|(Base|Abstract|Default)([A-Z].*)?");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void arrows_pointOnlyWhereTheyMay() {
    List<String> wrong =
        HOUSE.stream()
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(d -> d.getTargetClass().getPackageName().startsWith(ROOT))
            .filter(d -> !mayStandOn(chapter(d.getOriginClass()), chapter(d.getTargetClass())))
            .map(d -> d.getDescription())
            .toList();
    assertEquals(List.of(), wrong);
  }

  private static boolean mayStandOn(String from, String to) {
    // The root package stands on all, and nothing stands on it.
    return from.isEmpty() || from.equals(to) || ARROWS.getOrDefault(from, Set.of()).contains(to);
  }

  @Test
  void chapters_areTheListedOnes() {
    Set<String> unknown = HOUSE.stream().map(ArchitectureTest::chapter).collect(Collectors.toSet());
    unknown.remove("");
    unknown.removeAll(ARROWS.keySet());
    assertEquals(Set.of(), unknown);
    assertTrue(HOUSE.size() > 40, "the house was read: " + HOUSE.size());
  }

  @Test
  void chapters_areFreeOfCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void dnsjava_isReadInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".dns")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DNSJAVA + "..")
        .check(HOUSE);
  }

  @Test
  void resilience4j_isKnownToOneClassOfRetryAndOneOfDns() {
    Map<String, Set<String>> knowing =
        HOUSE.stream()
            .filter(
                c ->
                    c.getDirectDependenciesFromSelf().stream()
                        .anyMatch(d -> d.getTargetClass().getPackageName().startsWith(RESILIENCE)))
            .collect(
                Collectors.groupingBy(
                    ArchitectureTest::chapter,
                    Collectors.mapping(ArchitectureTest::outermost, Collectors.toSet())));
    assertEquals(Set.of("org.mxrelay.retry.Curve"), knowing.remove("retry"));
    Set<String> ofDns = knowing.getOrDefault("dns", Set.of());
    assertTrue(ofDns.size() <= 1, "more than one class of dns: " + ofDns);
    knowing.remove("dns");
    assertEquals(Map.of(), knowing);
  }

  @Test
  void typesOfOthers_areInNoPublicSignature() {
    List<String> wrong =
        HOUSE.stream()
            .filter(ArchitectureTest::isVisible)
            .flatMap(c -> c.getMembers().stream())
            .filter(ArchitectureTest::isVisible)
            .filter(m -> involved(m).anyMatch(ArchitectureTest::isOfOthers))
            .map(JavaMember::getFullName)
            .toList();
    assertEquals(List.of(), wrong);
    List<String> inherited =
        HOUSE.stream()
            .filter(ArchitectureTest::isVisible)
            .filter(
                c ->
                    Stream.concat(
                            c.getAllRawSuperclasses().stream(), c.getAllRawInterfaces().stream())
                        .anyMatch(ArchitectureTest::isOfOthers))
            .map(JavaClass::getName)
            .toList();
    assertEquals(List.of(), inherited);
  }

  @Test
  void timeAndChance_areGivenByTheCaller() {
    Set<String> clocks =
        Stream.of(
                Instant.class,
                Clock.class,
                LocalDate.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                ZonedDateTime.class)
            .map(Class::getName)
            .collect(Collectors.toSet());
    List<String> wrong =
        HOUSE.stream()
            .flatMap(c -> c.getAccessesFromSelf().stream())
            .filter(a -> isAmbient(a, clocks))
            .map(JavaAccess::getDescription)
            .toList();
    assertEquals(List.of(), wrong);
  }

  private static boolean isAmbient(JavaAccess<?> access, Set<String> clocks) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return (owner.equals(System.class.getName()) && name.equals("currentTimeMillis"))
        || (owner.equals(Math.class.getName()) && name.equals("random"))
        || owner.equals(ThreadLocalRandom.class.getName())
        || (owner.equals(Date.class.getName()) && name.equals("<init>"))
        || (clocks.contains(owner) && (name.equals("now") || name.startsWith("system")));
  }

  @Test
  void everyPackage_tellsItsStory() {
    Set<String> packages =
        HOUSE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    Set<String> told =
        HOUSE.stream()
            .filter(c -> c.getSimpleName().equals("package-info"))
            .filter(c -> c.isAnnotatedWith(NullMarked.class))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    assertEquals(packages, told);
  }

  @Test
  void names_sayWhatThingsAre() {
    List<String> wrong =
        HOUSE.stream()
            .filter(c -> EMPTY_WORDS.matcher(c.getSimpleName()).matches())
            .map(JavaClass::getName)
            .toList();
    assertEquals(List.of(), wrong);
  }

  private static String chapter(JavaClass of) {
    String name = of.getPackageName();
    return name.length() > ROOT.length() ? name.substring(ROOT.length() + 1) : "";
  }

  private static String outermost(JavaClass of) {
    return of.getEnclosingClass().map(ArchitectureTest::outermost).orElse(of.getName());
  }

  private static boolean isVisible(JavaClass of) {
    return of.getModifiers().contains(JavaModifier.PUBLIC)
        && of.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static boolean isVisible(JavaMember of) {
    return of.getModifiers().contains(JavaModifier.PUBLIC)
        || of.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> involved(JavaMember member) {
    if (member instanceof JavaField field) {
      return field.getType().getAllInvolvedRawTypes().stream();
    }
    JavaCodeUnit unit = (JavaCodeUnit) member;
    Stream<JavaType> types =
        Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
    return Stream.concat(
        types.map(JavaType::getAllInvolvedRawTypes).flatMap(Collection::stream),
        unit.getExceptionTypes().stream());
  }

  private static boolean isOfOthers(JavaClass type) {
    return OTHERS.stream().anyMatch(prefix -> type.getPackageName().startsWith(prefix));
  }
}
