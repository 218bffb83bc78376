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
 * Guards what the factor model costs beside a {@link RandomisedSvd} of both arms of the same panel: both are measured in turn
 * in one run, and the least times compared, in wall-clock and in processor time. Ends with status 1 if both ratios are above
 * the limit: on a machine with other work only processor time tells what a fit costs.
 */
public final class RefinementGate {

    private static final int ROUNDS = 5;

    /** Decompositions that are timed together: one is too short for the clock of processor time. */
    private static final int DECOMPOSITIONS = 5;

    private static final int THREADS = 2;

    private RefinementGate() {}

    /**
     * Measures and compares.
     *
     * @param arguments shape such as 20000x500, and the most decompositions that a fit may cost
     * @throws Exception if a measurement fails
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("usage: RefinementGate SHAPE LIMIT");
            System.exit(2);
        }
        Cost cost = measure(arguments[0]);
        double limit = Double.parseDouble(arguments[1]);
        System.out.printf(
                Locale.ROOT,
                "one factor model of %s on %d threads: %.1f randomised SVDs of both arms, %.1f in processor time"
                        + " (%.2f s beside %.3f s; rank %d, %d passes), limit %.0f%n",
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
     * A factor model with its defaults in decompositions of both arms.
     *
     * @param wall ratio of the least wall-clock times
     * @param processor ratio of the least processor times of all threads
     * @param fit least processor time of a fit, in seconds
     * @param svd the same of a decomposition of both arms
     * @param rank factors that were kept
     * @param passes passes of the fit over the panel
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
