package io.github.rowwise.benchmarks;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.internal.spectral.ArmMatrix;
import io.github.rowwise.internal.spectral.NormalOperand;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Panel;
import java.util.List;
import java.util.Locale;

/**
 * Checks that a fit of the factor model does not take more than a given number of {@link RandomisedSvd}s of both arms of the
 * same panel. Both are measured alternately in one run, and their minimum wall-clock and processor times are compared. The
 * exit code is 1 if both ratios exceed the limit. Processor time is included because wall-clock time is unreliable on a busy
 * machine.
 */
public final class FactorModelGate {

    private static final int ROUNDS = 5;

    /** Decompositions per measurement. The processor time of one is below the resolution of its clock. */
    private static final int DECOMPOSITIONS = 5;

    private static final int THREADS = 2;

    private FactorModelGate() {}

    /**
     * Runs the check.
     *
     * @param arguments shape such as 20000x500, and maximum number of decompositions per fit
     * @throws Exception if a measurement fails
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("usage: FactorModelGate SHAPE LIMIT");
            System.exit(2);
        }
        Cost cost = measure(arguments[0]);
        double limit = Double.parseDouble(arguments[1]);
        System.out.printf(
                Locale.ROOT,
                "one factor model fit of %s on %d threads: %.1f randomised SVDs of both arms, %.1f in processor time"
                        + " (%.2f s against %.3f s; rank %d, %d passes), limit %.0f%n",
                arguments[0],
                THREADS,
                cost.wall(),
                cost.processor(),
                cost.fit(),
                cost.svd(),
                cost.rank(),
                cost.passes(),
                limit);
        System.exit(Math.min(cost.wall(), cost.processor()) <= limit ? 0 : 1);
    }

    /**
     * Cost of a fit with the default options relative to a decomposition of both arms.
     *
     * @param wall ratio of the minimum wall-clock times
     * @param processor ratio of the minimum processor times of all threads
     * @param fit minimum processor time of a fit, in seconds
     * @param svd minimum processor time of a decomposition of both arms, in seconds
     * @param rank number of factors kept
     * @param passes number of passes of the fit over the panel
     */
    record Cost(double wall, double processor, double fit, double svd, int rank, int passes) {}

    static Cost measure(String shape) throws Exception {
        LinearAlgebra algebra = Backends.named("ejml");
        Panel panel = Inputs.panel(Shape.parse(shape));
        FactorModelEstimator estimator =
                FactorModelEstimator.withDefaults().withBackend(algebra).withThreads(THREADS);
        FusedPassBenchmark inputs = new FusedPassBenchmark();
        inputs.panel = shape;
        inputs.prepare();
        List<ArmMatrix> matrices =
                inputs.operands().stream().map(NormalOperand::matrix).toList();
        LeastTime svds = new LeastTime();
        LeastTime fit = new LeastTime();
        FactorModel model = estimator.fit(panel).factorModel().orElseThrow();
        try {
            for (int round = 0; round < ROUNDS; round++) {
                svds.time(() -> {
                    for (int k = 0; k < DECOMPOSITIONS; k++) {
                        RandomisedSvd.of(inputs.view(), algebra, matrices);
                    }
                    return DECOMPOSITIONS;
                });
                model = fit.time(() -> estimator.fit(panel).factorModel().orElseThrow());
            }
        } finally {
            inputs.close();
        }
        double svd = svds.processor() / DECOMPOSITIONS;
        return new Cost(
                fit.wall() / svds.wall() * DECOMPOSITIONS,
                fit.processor() / svd,
                fit.processor(),
                svd,
                model.rank(),
                model.passes());
    }
}
