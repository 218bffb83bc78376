package io.github.rowwise.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.rowwise");

    @Test
    void duckDbIsKnownToOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.rowwise.cli.database")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.duckdb..")
                .check(CLASSES);
    }

    @Test
    void arrowIsKnownToOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.rowwise.cli.database")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.arrow..", "com.google.flatbuffers..")
                .check(CLASSES);
    }

    @Test
    void picocliIsKnownToTheCommandsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.github.rowwise.cli", "io.github.rowwise.cli.columns", "io.github.rowwise.cli.value")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void chartsAreKnownToOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.rowwise.cli.figure")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.knowm..", "org.apache.batik..", "java.awt..")
                .check(CLASSES);
    }

    @Test
    void standardStreamsAreUsedByTheCommandsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.rowwise.cli")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileDescriptor")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.github.rowwise.(cli..)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theLibraryDoesNotKnowTheProgram() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.github.rowwise.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.rowwise.cli..")
                .check(CLASSES);
    }

    @Test
    void filesHaveNoCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return isOurs(type) ? SliceIdentifier.of(file(type)) : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "source files";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void noPackageHasMoreThan30Files() {
        Map<String, Long> files = CLASSES.stream()
                .filter(ArchitectureTest::isOurs)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        Collectors.mapping(
                                ArchitectureTest::file,
                                Collectors.collectingAndThen(Collectors.toSet(), all -> (long) all.size()))));
        assertThat(files)
                .isNotEmpty()
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(30));
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith("io.github.rowwise.cli");
    }

    /** The top-level class: the name without what follows its first dollar sign. */
    private static String file(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }
}
