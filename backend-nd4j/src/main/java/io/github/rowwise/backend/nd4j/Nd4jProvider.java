package io.github.rowwise.backend.nd4j;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;

/**
 * Provides ND4J under the name {@code nd4j}: native BLAS for the passes over the panel.
 *
 * <p>The first use on a machine unpacks about 400 MB of native libraries into the user's {@code .javacpp} folder, which
 * takes 2 to 3 seconds. Later uses take about half a second.
 *
 * <p>On Java 24 and later, start the JVM with
 * {@code --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow}; otherwise it prints warnings.
 *
 * <p>ND4J's jars cannot be on the module path, because several of them contain the same packages. A modular application puts
 * this backend and ND4J on the class path, next to its module path, and adds {@code --add-modules ALL-DEFAULT}.
 */
public final class Nd4jProvider implements LinearAlgebraProvider {

    /** Creates the provider. */
    public Nd4jProvider() {}

    @Override
    public String name() {
        return Nd4jLinearAlgebra.NAME;
    }

    @Override
    public int priority() {
        return 80;
    }

    @Override
    public Availability availability() {
        try {
            Nd4jRuntime.start();
            return Availability.usable("ND4J " + Nd4jRuntime.version() + " with OpenBLAS "
                    + Nd4jRuntime.openBlasVersion() + ", native, one thread");
        } catch (Exception | LinkageError e) {
            return Availability.unusable(
                    "ND4J's native libraries cannot be loaded on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + rootCause(e)
                            + "; add org.nd4j:nd4j-native-platform and org.bytedeco:openblas-platform with the natives"
                            + " of this platform, or choose a backend in pure Java",
                    e);
        }
    }

    @Override
    public LinearAlgebra create() {
        Nd4jRuntime.start();
        return new Nd4jLinearAlgebra();
    }

    private static Throwable rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
