package io.github.rowwise;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.rowwise.internal.pass.WorkerThreads;
import io.github.rowwise.panel.Panel;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String API = "io.github.rowwise";
    private static final String ENGINE = "io.github.rowwise.engine";
    private static final String LINALG = "io.github.rowwise.linalg";
    private static final String JDK = "java..";
    private static final String VECTORS = "jdk.incubator.vector..";
    private static final String INTERNAL = "io.github.rowwise.internal..";

    private static final URL LOCATION =
            Panel.class.getProtectionDomain().getCodeSource().getLocation();
    private static final JavaClasses CORE = new ClassFileImporter().importUrl(LOCATION);

    @Test
    void linalgDependsOnTheJdkAndJspecifyOnly() {
        classes()
                .that()
                .resideInAPackage(LINALG)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(LINALG, JDK, VECTORS, "org.jspecify..")
                .check(CORE);
    }

    @Test
    void theEngineDependsOnTheJdkAndJspecifyOnly() {
        classes()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ENGINE, JDK, "org.jspecify..")
                .check(CORE);
    }

    @Test
    void theModuleDependsOnTheJdkAndJspecifyOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(API + "..", JDK, VECTORS, "org.jspecify..")
                .check(CORE);
    }

    @Test
    void internalPackagesDoNotKnowTheApi() {
        noClasses()
                .that()
                .resideInAPackage(INTERNAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(API)
                .check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void standardStreamsAreLeftAlone() {
        noClasses().should(ACCESS_STANDARD_STREAMS).check(CORE);
    }

    @Test
    void nothingDependsOnTheClock() {
        noClasses()
                .should()
                .accessTargetWhere(target(
                        "the clock",
                        access -> (access.getTargetOwner().getPackageName().startsWith("java.time")
                                        // Dates in tables are read, no clock is.
                                        && !(access.getOriginOwner()
                                                        .getPackageName()
                                                        .equals(API + ".table")
                                                && !access.getName().equals("now")))
                                || access.getTargetOwner().isEquivalentTo(java.util.Date.class)
                                || (access.getTargetOwner().isEquivalentTo(System.class)
                                        && Set.of("currentTimeMillis", "nanoTime")
                                                .contains(access.getName()))))
                .check(CORE);
    }

    @Test
    void noRandomnessIsWithoutASeed() {
        Set<String> unseeded =
                Set.of("java.util.concurrent.ThreadLocalRandom", "java.security.SecureRandom", "java.util.UUID");
        noClasses()
                .should()
                .accessTargetWhere(target(
                        "randomness without a seed",
                        access -> unseeded.contains(access.getTargetOwner().getFullName())
                                || (access.getTargetOwner().isEquivalentTo(Math.class)
                                        && access.getName().equals("random"))
                                || (Set.of("java.util.Random", "java.util.SplittableRandom")
                                                .contains(
                                                        access.getTargetOwner().getFullName())
                                        && access.getTarget().getFullName().endsWith("<init>()"))))
                .check(CORE);
    }

    @Test
    void onlyOneClassMakesThreads() {
        DescribedPredicate<JavaClass> runsThings = describe(
                "run things on threads",
                type -> type.isAssignableTo(Executor.class)
                        || type.isEquivalentTo(java.util.concurrent.Executors.class)
                        || type.isEquivalentTo(java.util.concurrent.CompletableFuture.class));
        noClasses()
                .that()
                .doNotBelongToAnyOf(WorkerThreads.class)
                .should()
                .accessTargetWhere(target(
                        "a thread",
                        access -> runsThings.test(access.getTargetOwner())
                                || (access.getTargetOwner().isAssignableTo(Thread.class)
                                        && Set.of("<init>", "start", "ofVirtual", "startVirtualThread")
                                                .contains(access.getName()))))
                .orShould()
                .accessTargetWhere(
                        target("a parallel stream", access -> access.getName().startsWith("parallel")))
                .check(CORE);
    }

    @Test
    void kernelsTouchNoFiles() {
        noClasses()
                .that()
                .resideInAPackage(INTERNAL)
                .and()
                .resideOutsideOfPackage("io.github.rowwise.internal.io")
                .should()
                .dependOnClassesThat(resideInAPackage("java.io..")
                        // Sums go from process to process.
                        .and(not(equivalentTo(Serializable.class)))
                        .or(resideInAPackage("java.nio.file.."))
                        .or(resideInAPackage("java.nio.channels..")))
                .check(CORE);
    }

    @Test
    void publicTypesAreImmutableInForm() {
        classes()
                .that()
                .resideInAPackage(API)
                .and()
                .arePublic()
                .and()
                .areNotInterfaces()
                .should(beFinal())
                .check(CORE);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> packages = CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());

        assertThat(packages).hasSizeGreaterThanOrEqualTo(3);
        for (String name : packages) {
            assertThat(CORE.getPackage(name).getAnnotations())
                    .as(name)
                    .anyMatch(annotation -> annotation.getRawType().isEquivalentTo(NullMarked.class));
        }
    }

    @Test
    void onlyTheApiTheEngineAndLinalgAreExported() throws IOException {
        try (InputStream in = new URL(LOCATION, "module-info.class").openStream()) {
            Set<String> exported = ModuleDescriptor.read(in).exports().stream()
                    .map(export -> export.isQualified() ? export + " to some" : export.source())
                    .collect(Collectors.toSet());

            assertThat(exported).containsExactlyInAnyOrder(API, ENGINE, LINALG);
        }
    }

    private static DescribedPredicate<JavaAccess<?>> target(String what, Predicate<JavaAccess<?>> test) {
        return describe(what, test);
    }

    private static ArchCondition<JavaClass> beFinal() {
        return new ArchCondition<>("be final") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean isFinal = type.getModifiers().contains(JavaModifier.FINAL) || type.isEnum();
                events.add(new SimpleConditionEvent(
                        type, isFinal, type.getFullName() + (isFinal ? " is final" : " is not final")));
            }
        };
    }
}
