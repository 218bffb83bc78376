package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend that is not asked for is not probed, which may load native libraries. */
class BackendChoiceTest {

    private static final AtomicInteger PROBES = new AtomicInteger();

    @TempDir
    private Path folder = Path.of("");

    /** A backend that counts its probes. */
    public static final class CountingProvider implements LinearAlgebraProvider {

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public int priority() {
            return 1000;
        }

        @Override
        public Availability availability() {
            PROBES.incrementAndGet();
            return Availability.unusable("for tests only", null);
        }

        @Override
        public LinearAlgebra create() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void namedBackendIsTheOnlyOneThatIsProbed() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(LinearAlgebraProvider.class.getName()), CountingProvider.class.getName());
        Path table = folder.resolve("table.csv");
        Files.writeString(table, "unit,time,outcome,treatment\na,1,1,0\na,2,2,1\nb,1,1,0\nb,2,3,0\n");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);

            Run.of("estimate", table.toString(), "--backend", "ejml");
            Run unknown = Run.of("estimate", table.toString(), "--backend", "couting");

            assertThat(unknown.err()).contains("couting", "there are counting, ejml, ojalgo");
            assertThat(PROBES).hasValue(0);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
