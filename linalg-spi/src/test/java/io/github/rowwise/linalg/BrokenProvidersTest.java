package io.github.rowwise.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken providers on a class path: none hides the others, and each is reported with its reason. */
class BrokenProvidersTest {

    @TempDir
    private Path folder = Path.of("");

    /** Works. */
    public static class Right implements LinearAlgebraProvider {
        @Override
        public String name() {
            return "right";
        }

        @Override
        public int priority() {
            return 1;
        }

        @Override
        public Availability availability() {
            return Availability.usable("textbook code");
        }

        @Override
        public LinearAlgebra create() {
            return new SlowLinearAlgebra();
        }
    }

    /** Cannot be created. */
    public static final class ThrowingConstructor extends Right {
        public ThrowingConstructor() {
            throw new IllegalStateException("no licence");
        }
    }

    /** Cannot be initialised. */
    public static final class ThrowingInitializer extends Right {
        private static final int SIZE = Integer.parseInt("not a number");

        @Override
        public int priority() {
            return SIZE;
        }
    }

    /** Throws instead of returning its name. */
    public static final class ThrowingName extends Right {
        @Override
        public String name() {
            throw new IllegalStateException("nameless");
        }
    }

    /** Has no name. */
    public static final class NullName extends Right {
        @Override
        @SuppressWarnings("NullAway") // The defect.
        public @Nullable String name() {
            return null;
        }
    }

    /** Its library is missing. */
    public static final class ThrowingAvailability extends Right {
        @Override
        public String name() {
            return "without-library";
        }

        @Override
        public int priority() {
            return 100;
        }

        @Override
        public Availability availability() {
            throw new NoClassDefFoundError("org/example/Matrix");
        }
    }

    /** Claims to be usable and is not. */
    public static final class ThrowingCreate extends Right {
        @Override
        public String name() {
            return "cannot-create";
        }

        @Override
        public int priority() {
            return 200;
        }

        @Override
        public LinearAlgebra create() {
            throw new UnsatisfiedLinkError("libexample.so");
        }
    }

    @Test
    void brokenProvidersAreReportedAndHideNobody() throws Exception {
        register(
                "org.example.Missing",
                ThrowingConstructor.class.getName(),
                ThrowingInitializer.class.getName(),
                ThrowingName.class.getName(),
                NullName.class.getName(),
                ThrowingAvailability.class.getName(),
                ThrowingCreate.class.getName(),
                BrokenProvidersTest.class.getName(),
                Right.class.getName());
        onClassPath(reports -> {
            assertThat(Backends.select().name()).isEqualTo("slow");
            assertThat(Backends.names()).containsExactly("cannot-create", "without-library", "right");
            assertThat(reports).hasSize(9);
            assertThat(reports)
                    .filteredOn(BackendReport::usable)
                    .singleElement()
                    .satisfies(report -> assertThat(report.name()).isEqualTo("right"));
            assertThat(reports)
                    .filteredOn(report -> !report.usable())
                    .allSatisfy(report -> assertThat(report.cause()).isNotNull());
            assertReason(reports, "org.example.Missing not found");
            assertReason(
                    reports,
                    "ThrowingConstructor could not be instantiated: java.lang.IllegalStateException: no licence");
            assertReason(reports, "java.lang.NumberFormatException: For input string");
            assertReason(reports, "nameless");
            assertReason(reports, "the name of a provider");
            assertReason(reports, "failed while it was probed: java.lang.NoClassDefFoundError: org/example/Matrix");
            assertReason(reports, "failed while it was probed: java.lang.UnsatisfiedLinkError: libexample.so");
            assertReason(reports, "not a subtype");
        });
    }

    @Test
    void unreadableRegistrationIsReportedOnce() throws Exception {
        register("two words");
        onClassPath(reports -> {
            assertThat(reports).hasSizeLessThan(100);
            assertReason(reports, "Illegal configuration-file syntax");
        });
    }

    @Test
    void readingEndsWhereItFailsForever() {
        Iterator<LinearAlgebraProvider> broken = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public LinearAlgebraProvider next() {
                throw new ServiceConfigurationError("unreadable");
            }
        };
        assertThat(Services.read(broken)).hasSize(100);
    }

    private static void assertReason(List<BackendReport> reports, String reason) {
        assertThat(reports).anySatisfy(report -> assertThat(report.detail()).contains(reason));
    }

    private void register(String... classes) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(services.resolve(LinearAlgebraProvider.class.getName()), List.of(classes));
    }

    private void onClassPath(Consumer<List<BackendReport>> check) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            check.accept(Backends.report());
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
