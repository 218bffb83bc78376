package io.github.rowwise.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

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
                .resideOutsideOfPackage("io.github.rowwise.cli")
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
}
