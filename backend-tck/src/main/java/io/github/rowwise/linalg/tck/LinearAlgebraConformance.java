package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The rules for linear-algebra backends, each as a numbered JUnit test. A backend is tested by a subclass:
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
 * <table>
 *   <caption>Groups of rules</caption>
 *   <tr><td>1</td><td>multiply</td></tr>
 *   <tr><td>2</td><td>singular value decomposition</td></tr>
 *   <tr><td>3</td><td>symmetric eigendecomposition</td></tr>
 *   <tr><td>4</td><td>QR decomposition</td></tr>
 *   <tr><td>5</td><td>rules for every operation</td></tr>
 *   <tr><td>6</td><td>tiles</td></tr>
 *   <tr><td>7</td><td>threads and silence</td></tr>
 *   <tr><td>8</td><td>provider</td></tr>
 * </table>
 *
 * <p>Expected results are computed by slow and simple code of the kit, not by a backend. Group 7 temporarily replaces
 * {@link System#out} and {@link System#err}, so this class must not run in parallel with other tests in the same JVM.
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

    /** Creates an instance for one rule. */
    protected LinearAlgebraConformance() {}

    /**
     * Returns the provider under test.
     *
     * @return a new provider, or the same one each time
     */
    @Override
    public abstract LinearAlgebraProvider provider();

    @Override
    public final LinearAlgebra algebra() {
        return provider().create();
    }
}
