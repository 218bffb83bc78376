package io.github.rowwise.backend.nd4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.cpu.nativecpu.CpuBackend;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.slf4j.LoggerFactory;

/** Loads ND4J and its native libraries once, without printing. */
final class Nd4jRuntime {

    private Nd4jRuntime() {}

    /**
     * Loads the native libraries if necessary, and limits OpenBLAS to one thread. The estimators use all processors
     * themselves, and the result must not depend on the number of processors. The limit applies to the whole JVM.
     */
    static synchronized void start() {
        withDefault("slf4j.internal.verbosity", "ERROR", () -> LoggerFactory.getLogger(Nd4jRuntime.class));
        withDefault("org.nd4j.log.initialization", "false", Nd4j::getBackend);
        Nd4jBackend backend = Nd4j.getBackend();
        if (!(backend instanceof CpuBackend)) {
            throw new IllegalStateException("ND4J uses " + backend.getClass().getName() + ", but this backend needs "
                    + CpuBackend.class.getName());
        }
        openblas.blas_set_num_threads(1);
    }

    static String version() {
        try (InputStream in = Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "of unknown version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String openBlasVersion() {
        String version = openblas.class.getPackage().getImplementationVersion();
        return version == null ? "of unknown version" : version;
    }

    /** Sets a system property during an action, unless the application has set it. */
    private static void withDefault(String property, String value, Runnable action) {
        boolean absent = System.getProperty(property) == null;
        if (absent) {
            System.setProperty(property, value);
        }
        try {
            action.run();
        } finally {
            if (absent) {
                System.clearProperty(property);
            }
        }
    }
}
