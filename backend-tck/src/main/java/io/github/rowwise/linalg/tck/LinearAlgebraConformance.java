package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Every rule that a linear-algebra backend keeps, as a numbered JUnit test. A backend proves itself by
 *
 * <pre>{@code
 * class MyBackendConformanceTest extends LinearAlgebraConformance {
 *     @Override
 *     public LinearAlgebraProvider provider() {
 *         return new MyProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>The rules are grouped: 1 multiply, 2 singular value decomposition, 3 symmetric eigendecomposition, 4 QR, 5 what
 * every operation keeps, 6 tiles, 7 threads and silence, 8 the provider. Expected numbers come from slow, obvious code
 * of the kit's own, never from a backend. The rules about silence replace {@link System#out} and {@link System#err}
 * for a moment, so do not run this class at the same time as others in one JVM.
 */
@Isolated("the rules about silence replace the standard streams")
public abstract class LinearAlgebraConformance
        implements MultiplyRules,
                SvdRules,
                SymmetricEigenRules,
                QrRules,
                OperationRules,
                TileRules,
                ThreadAndSilenceRules,
                ProviderRules {

    /** Creates the kit for one rule. */
    protected LinearAlgebraConformance() {}

    /**
     * Returns the provider under test.
     *
     * @return a new one or always the same
     */
    @Override
    public abstract LinearAlgebraProvider provider();

    @Override
    public final LinearAlgebra algebra() {
        return provider().create();
    }
}
